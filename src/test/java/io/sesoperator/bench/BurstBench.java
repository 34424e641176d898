package io.sesoperator.bench;

import io.sesoperator.bench.NaiveClient.Pacing;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.simulator.ServerRules.Window;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Measures how long it takes until all of many changes are accepted that are made at once: by the
 * operator, and by clients that keep no budget.
 */
public final class BurstBench {

  private static final int SIZE = 400;
  private static final int RATE = 20;

  /** No credential changes twice within five seconds. */
  private static final Duration BETWEEN_BURSTS = Duration.ofSeconds(6);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How long SES takes to answer, and which part of the ideal the whole may take then. */
  private record Answers(Duration time, double goal) {}

  private static final Answers QUICK = new Answers(Duration.ofMillis(5), 0.98);

  private static final List<Answers> ANSWERS =
      List.of(
          QUICK,
          new Answers(Duration.ofMillis(50), 1.03),
          new Answers(Duration.ofMillis(100), 1.08));

  private final BurstReport report = new BurstReport(Duration.ofSeconds(SIZE / RATE));
  private final int runs;
  private int round;

  private BurstBench(int runs) {
    this.runs = runs;
  }

  /** Takes how often each burst is measured. */
  public static void main(String[] args) throws Exception {
    new BurstBench(Integer.parseInt(args[0])).run();
  }

  private void run() throws Exception {
    String description = "";
    for (Window window : Window.values()) {
      try (Testbed bed = Testbed.open()) {
        measure(bed, window);
        description = bed.description();
      }
      ANSWERS.forEach(answers -> measureOthers(window, answers));
    }
    System.out.printf(
        """
        %d Secrets changed at once → the last password accepted by SES, at %d requests/s, %d runs each

        %s

        %s
        """,
        SIZE, RATE, runs, report, description);
  }

  private void measure(Testbed bed, Window window) throws Exception {
    try (World world = bed.world(ServerRules.standard().withWindow(window));
        Fleet fleet = Fleet.of(world, 1, SIZE)) {
      bed.makeReady(world, fleet, SIZE);
      try (OperatorProcess _ = bed.operator(world)) {
        BurstMeter alone = new BurstMeter(bed, world, fleet, RATE);
        burst(alone, QUICK); // warms the JVM up and does not count
        for (Answers answers : ANSWERS) {
          report.add(
              label(window, answers), bursts(alone, answers), OptionalDouble.of(answers.goal()));
        }
        world.sesAccount().share();
        BurstMeter shared = new BurstMeter(bed, world, fleet, RATE - 1);
        report.add(
            label(window, QUICK) + ", shared account",
            bursts(shared, QUICK),
            OptionalDouble.empty());
      }
    }
  }

  private List<Burst> bursts(BurstMeter meter, Answers answers) {
    List<Burst> measured = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      measured.add(burst(meter, answers));
    }
    return measured;
  }

  private Burst burst(BurstMeter meter, Answers answers) {
    Pace.pause(BETWEEN_BURSTS);
    Burst burst = meter.measure(SIZE, ++round, answers.time());
    System.err.printf(
        "%s after %d ms: %s%n", SIZE, answers.time().toMillis(), burst.fromFirstEdit());
    return burst;
  }

  private void measureOthers(Window window, Answers answers) {
    for (Pacing pacing : Pacing.values()) {
      NaiveClient client =
          new NaiveClient(pacing, ServerRules.standard().withWindow(window), answers.time());
      report.add(
          label(window, answers) + ", " + pacing.label(),
          client.tryOnce(SIZE),
          client.tryUntilAccepted(SIZE, RETRY));
    }
  }

  private static String label(Window window, Answers answers) {
    return "%s window, %d ms"
        .formatted(window.name().toLowerCase(Locale.ROOT), answers.time().toMillis());
  }
}
