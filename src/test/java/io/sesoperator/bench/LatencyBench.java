package io.sesoperator.bench;

import io.sesoperator.bench.Editor.Edit;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/**
 * Measures the time from the edit of a Secret until SES has received the call: a real API server,
 * the operator in a JVM of its own, one edit after the other, each of another Secret, whenever all
 * is quiet.
 */
public final class LatencyBench {

  private static final int WARM_UP = 50;
  private static final int ACCOUNTS = 5;
  private static final Duration GOAL = Duration.ofMillis(100);

  private final Latencies sinceSent = new Latencies();
  private final Latencies sinceAcknowledged = new Latencies();
  private final int edits;

  private LatencyBench(int edits) {
    this.edits = edits;
  }

  /** Takes the number of edits. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open()) {
      new LatencyBench(Integer.parseInt(args[0])).run(bed);
    }
  }

  private void run(Testbed bed) throws Exception {
    int size = WARM_UP + edits;
    try (World world = bed.world(ServerRules.standard().withRequestsPerSecond(20 * ACCOUNTS));
        Fleet fleet = Fleet.of(world, ACCOUNTS, size)) {
      bed.makeReady(world, fleet, size);
      Editor editor = new Editor(world, fleet, bed.clock());
      try (OperatorProcess _ = bed.operator(world)) {
        for (int number = 0; number < size; number++) {
          measure(world, fleet, editor, number);
        }
      }
      report(bed);
    }
  }

  private void measure(World world, Fleet fleet, Editor editor, int number) {
    world.ses().calls().clear();
    Edit edit = editor.edit(number, 1);
    Instant received = awaitCall(world, fleet.address(number));
    fleet.awaitApplied(number, 1);
    if (number >= WARM_UP) {
      sinceSent.add(Duration.between(edit.sent(), received));
      sinceAcknowledged.add(Duration.between(edit.acknowledged(), received));
    }
  }

  private static Instant awaitCall(World world, String address) {
    return Awaitility.await("the call for " + address)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> world.ses().calls().accepted(address), calls -> !calls.isEmpty())
        .stream()
        .map(Call::time)
        .findFirst()
        .orElseThrow();
  }

  private void report(Testbed bed) {
    Table table = Latencies.table("");
    table.add("edit sent → call", sinceSent.cells());
    table.add("acknowledged → call", sinceAcknowledged.cells());
    boolean met = sinceSent.percentile(99).compareTo(GOAL) < 0;
    System.out.printf(
        """
        Secret edit → SES call received, %d edits after %d to warm up

        %s

        goal        p99 below %d ms: %s
        %s
        """,
        edits, WARM_UP, table, GOAL.toMillis(), met ? "met" : "missed", bed.description());
  }
}
