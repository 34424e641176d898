package io.sesoperator.bench;

import io.sesoperator.bench.Editor.Edit;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long a quiet namespace waits for its changes while a thousand credentials of another
 * namespace, which shares the account with it, change for ever.
 */
public final class FairnessBench {

  private static final int NOISE = 1000;
  private static final Duration BETWEEN_NOISE = Duration.ofMillis(40);
  private static final int QUIET = 50;
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(1200);
  private static final int WARM_UP = 50;

  /** So that there is a queue from the beginning. */
  private static final int WAITING_AT_FIRST = 200;

  private static final double GOAL = 2;

  private final Testbed bed;
  private final World world;
  private final Fleet noisy;
  private final Fleet quiet;
  private final Clock clock;
  private final int changes;
  private final List<Integer> waiting = new ArrayList<>();
  private int changed;

  private FairnessBench(Testbed bed, World world, int changes) {
    this.bed = bed;
    this.world = world;
    this.noisy = Fleet.of(world, 1, NOISE);
    this.quiet = Fleet.ofNeighbour(world, QUIET);
    this.clock = bed.clock();
    this.changes = changes;
  }

  /** Takes how many changes are measured with and without noise. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open();
        World world = bed.world(ServerRules.standard())) {
      new FairnessBench(bed, world, Integer.parseInt(args[0])).run();
    }
  }

  private void run() throws Exception {
    world.sesAccount().share();
    bed.makeReady(world, noisy, NOISE);
    bed.makeReady(world, quiet, QUIET);
    try (OperatorProcess operator = bed.operator(world)) {
      measure(operator, WARM_UP);
      waiting.clear();
      Latencies alone = measure(operator, changes);
      double loadAlone = Testbed.load();
      waiting.clear();
      Editor editor = new Editor(world, noisy, clock);
      editor.editAll(WAITING_AT_FIRST, 1);
      try (Churn noise = new Churn(editor, NOISE, 2, BETWEEN_NOISE)) {
        world.ses().calls().clear();
        Latencies inNoise = measure(operator, changes);
        report(alone, loadAlone, inNoise, noise);
      }
    }
  }

  /** Changes one credential after the other, and returns from edit to acceptance. */
  private Latencies measure(OperatorProcess operator, int count) {
    Editor editor = new Editor(world, quiet, clock);
    Pace pace = Pace.every(BETWEEN_CHANGES);
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pace.next();
      waiting.add(waiting(operator));
      int number = changed % QUIET;
      Edit edit = editor.edit(number, 1 + changed++ / QUIET);
      quiet.awaitApplied(edit.number(), edit.round());
      edits.add(edit);
    }
    return latencies(edits);
  }

  private Latencies latencies(List<Edit> edits) {
    return Latencies.of(
        new Acceptances(world.ses().calls().all(), quiet)
            .of(edits).stream().flatMap(change -> change.after().stream()).toList());
  }

  private static int waiting(OperatorProcess operator) {
    return (int) operator.metric("ses_operator_budget_waiting");
  }

  private void report(Latencies alone, double loadAlone, Latencies inNoise, Churn noise) {
    Table table = Latencies.table("edit sent → accepted");
    table.add("without noise", alone.cells());
    table.add("with noise", inNoise.cells());
    double factor = (double) inNoise.percentile(99).toNanos() / alone.percentile(99).toNanos();
    System.out.printf(
        Locale.ROOT,
        """
        %d changes of a quiet namespace, one each %d ms, on an account of 20 requests/s that it shares

        %s

        goal        p99 with noise at most %.0f times that without: %.2f, %s
        noise       %d credentials of another namespace, %.1f Secrets written a second, %.1f passwords accepted
        queue       %d to %d waiting, median %d
        %s
        load        %.1f without noise
        """,
        alone.count(),
        BETWEEN_CHANGES.toMillis(),
        table,
        GOAL,
        factor,
        factor <= GOAL ? "met" : "missed",
        NOISE,
        perSecond(noise.edits().stream().map(Edit::sent).toList()),
        perSecond(acceptedNoise()),
        Collections.min(waiting),
        Collections.max(waiting),
        waiting.stream().sorted().toList().get(waiting.size() / 2),
        bed.description(),
        loadAlone);
  }

  private List<Instant> acceptedNoise() {
    return world.ses().calls().all().stream()
        .filter(Call::applied)
        .filter(call -> call.address().startsWith("fleet-"))
        .map(Call::time)
        .sorted()
        .toList();
  }

  private static double perSecond(List<Instant> times) {
    return times.size() * 1e9 / Duration.between(times.getFirst(), times.getLast()).toNanos();
  }
}
