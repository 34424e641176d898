package io.sesoperator.bench;

import static io.sesoperator.bench.Latencies.seconds;

import io.sesoperator.bench.Burst.SlotUse;
import io.sesoperator.bench.NaiveClient.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What bursts took, beside what they may take. */
final class BurstReport {

  private final Duration ideal;
  private final Table operator;
  private final Table slots =
      new Table("a slot, p50 / p90", "free → Secret read", "→ call at SES", "→ decided");
  private final Table others;

  /**
   * @param ideal what all the calls take at just the rate that is allowed
   */
  BurstReport(Duration ideal) {
    this.ideal = ideal;
    String relative = "÷ " + ideal.toSeconds() + " s";
    this.operator =
        new Table(
            "ses-operator",
            "best",
            relative,
            "median",
            relative,
            "goal",
            "",
            "from last edit",
            "refused",
            "load");
    this.others =
        new Table(
            "no budget", "tried once", relative, "refused", "until accepted", relative, "refused");
  }

  /** Adds runs of the operator. */
  void add(String label, List<Burst> runs, OptionalDouble goal) {
    Latencies fromFirst = Latencies.of(runs.stream().map(Burst::fromFirstEdit).toList());
    Latencies fromLast = Latencies.of(runs.stream().map(Burst::fromLastEdit).toList());
    operator.add(
        label,
        seconds(fromFirst.shortest()),
        ratio(fromFirst.shortest()),
        seconds(fromFirst.percentile(50)),
        ratio(fromFirst.percentile(50)),
        goal.isPresent() ? text(goal.getAsDouble()) : "",
        goal.isPresent() ? verdict(fromFirst.percentile(50), goal.getAsDouble()) : "",
        seconds(fromLast.percentile(50)),
        runs.stream().mapToLong(Burst::refused).sum(),
        String.format(
            Locale.ROOT, "%.1f", runs.stream().mapToDouble(Burst::load).max().orElseThrow()));
    slots.add(
        label,
        slot(runs, SlotUse::turnAround),
        slot(runs, SlotUse::preparation),
        slot(runs, SlotUse::answer));
  }

  /**
   * Adds what a client without a budget got, when it tried once and when it tried until accepted.
   */
  void add(String label, Result once, Result untilAccepted) {
    others.add(
        label,
        seconds(once.took()),
        ratio(once.took()),
        once.refused(),
        seconds(untilAccepted.took()),
        ratio(untilAccepted.took()),
        untilAccepted.refused());
  }

  @Override
  public String toString() {
    return String.join("\n\n", operator.toString(), slots.toString(), others.toString());
  }

  private String verdict(Duration took, double goal) {
    return took.toNanos() <= goal * ideal.toNanos() ? "met" : "missed";
  }

  private String ratio(Duration took) {
    return text((double) took.toNanos() / ideal.toNanos());
  }

  private static String text(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String slot(List<Burst> runs, Function<SlotUse, Duration> part) {
    Latencies all =
        Latencies.of(runs.stream().flatMap(run -> run.slots().stream()).map(part).toList());
    return all.millis(50) + " / " + all.millis(90);
  }
}
