package io.sesoperator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing, measured many times. */
final class Latencies {

  static final String HEADING = "%-24s%9s%9s%9s%9s".formatted("", "p50", "p90", "p99", "max");

  private final String name;
  private final List<Duration> measured = new ArrayList<>();

  Latencies(String name) {
    this.name = name;
  }

  void add(Duration one) {
    measured.add(one);
  }

  /** The smallest that so many percent do not exceed (nearest rank). */
  Duration percentile(int percent) {
    List<Duration> sorted = new ArrayList<>(measured);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(1, rank) - 1);
  }

  /** One line of a table, in milliseconds. */
  @Override
  public String toString() {
    return "%-24s%9s%9s%9s%9s"
        .formatted(name, millis(50), millis(90), millis(99), millis(100))
        .stripTrailing();
  }

  private String millis(int percent) {
    return String.format(Locale.ROOT, "%.1f ms", percentile(percent).toNanos() / 1e6);
  }
}
