package io.sesoperator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Durations of the same thing, measured many times. */
final class Latencies {

  private final List<Duration> measured = new ArrayList<>();

  static Latencies of(Collection<Duration> durations) {
    Latencies latencies = new Latencies();
    latencies.measured.addAll(durations);
    return latencies;
  }

  /** A table for lines of {@link #cells}. */
  static Table table(String heading) {
    return new Table(heading, "p50", "p90", "p99", "max");
  }

  void add(Duration one) {
    measured.add(one);
  }

  int count() {
    return measured.size();
  }

  /** The smallest that so many percent do not exceed (nearest rank). */
  Duration percentile(int percent) {
    List<Duration> sorted = new ArrayList<>(measured);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(1, rank) - 1);
  }

  Duration shortest() {
    return Collections.min(measured);
  }

  Duration longest() {
    return Collections.max(measured);
  }

  /** The percentiles of the {@link #table}, in milliseconds. */
  List<String> cells() {
    return Stream.of(50, 90, 99, 100).map(this::millis).toList();
  }

  String millis(int percent) {
    return String.format(Locale.ROOT, "%.1f ms", percentile(percent).toNanos() / 1e6);
  }

  /** A time for people, in seconds. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
  }
}
