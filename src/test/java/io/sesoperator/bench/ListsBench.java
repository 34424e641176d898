package io.sesoperator.bench;

import io.sesoperator.simulator.CallLog;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts how often the senders of an account are listed in each interval while a thousand idle
 * credentials want to know whether theirs is still there.
 */
public final class ListsBench {

  private static final int SIZE = 1000;
  private static final String LIST = "ListEmailAddress";

  /** The shortest that the CRD allows. */
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final int intervals;

  private ListsBench(int intervals) {
    this.intervals = intervals;
  }

  /** Takes the number of intervals. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open()) {
      new ListsBench(Integer.parseInt(args[0])).run(bed);
    }
  }

  private void run(Testbed bed) throws Exception {
    try (World world = bed.world(ServerRules.standard());
        Fleet fleet = Fleet.of(world, 1, SIZE).with("interval: 10m")) {
      bed.makeReady(world, fleet, SIZE);
      CallLog calls = world.ses().calls();
      calls.clear();
      try (OperatorProcess _ = bed.operator(world)) {
        Pace.pause(INTERVAL.multipliedBy(intervals).plus(INTERVAL.dividedBy(10)));
        report(bed, calls);
      }
    }
  }

  private void report(Testbed bed, CallLog calls) {
    List<Instant> lists =
        calls.all().stream().filter(call -> call.action().equals(LIST)).map(Call::time).toList();
    Table table = new Table("list", "since the one before");
    IntStream.range(0, lists.size())
        .forEach(number -> table.add("%d".formatted(number + 1), gap(lists, number)));
    System.out.printf(
        """
        %d credentials of one account, interval %d min, nothing changes for %d intervals after the start

        %s

        lists       %d: one at the start, %.1f in each interval
        pushes      %d
        %s
        """,
        SIZE,
        INTERVAL.toMinutes(),
        intervals,
        table,
        lists.size(),
        (lists.size() - 1.0) / intervals,
        calls.writes(),
        bed.description());
  }

  private static String gap(List<Instant> lists, int number) {
    return number == 0
        ? "-"
        : Latencies.seconds(Duration.between(lists.get(number - 1), lists.get(number)));
  }
}
