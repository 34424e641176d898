package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.ses.BudgetSimulation.Granted;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Limit;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is left to a namespace while a thousand resources of another change for ever. */
class CallBudgetFairnessTest {

  private static final String NOISE = "noise";
  private static final String QUIET = "quiet";
  private static final int MANY = 1000;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Limit SHARED = new Limit(20, true);

  @Property(tries = 20)
  void letsAQuietNamespaceCallAsIfItWereAlone(
      @ForAll @IntRange(min = 2, max = 20) int rate,
      @ForAll @IntRange(min = 1, max = 500) int answer,
      @ForAll @IntRange(max = 100) int latest,
      @ForAll long seed) {
    Random random = new Random(seed);
    BudgetSimulation simulation =
        new BudgetSimulation(new Limit(rate, true), () -> answer, () -> random.nextInt(latest + 1));
    makeNoise(simulation);
    int slotHeld = answer + 1000;
    int calls = 0;
    for (int time = 0; time < LONG.toMillis() - slotHeld; time += slotHeld + random.nextInt(1000)) {
      simulation.askAt(time, new Caller(QUIET, "" + calls++));
    }

    simulation.runFor(LONG);

    assertThat(simulation.waiting()).isGreaterThan(MANY - 50);
    assertThat(simulation.grantedTo(QUIET)).hasSize(calls);
    assertThat(longestWait(simulation).plusMillis(answer).toMillis())
        .as("from asking to the answer")
        .isLessThanOrEqualTo(2L * answer);
    assertThat(longestWait(simulation)).isZero();
  }

  @Test
  void servesABurstOfAQuietNamespaceByTurns() {
    BudgetSimulation simulation = new BudgetSimulation(SHARED, () -> 50, () -> 5);
    makeNoise(simulation);
    IntStream.range(0, 20).forEach(i -> simulation.askAt(60_000, new Caller(QUIET, "" + i)));

    simulation.runFor(LONG);

    // one at once; of the others every second slot of two rounds
    assertThat(simulation.grantedTo(QUIET)).hasSize(20);
    assertThat(longestWait(simulation)).isLessThan(Duration.ofMillis(2 * 1055 + 1));
  }

  @Test
  void sharesEquallyWhenBothNamespacesWantAllTheyCanGet() {
    BudgetSimulation simulation = new BudgetSimulation(SHARED, () -> 50, () -> 5);
    makeNoise(simulation);
    IntStream.range(0, 30).forEach(i -> simulation.askForEver(new Caller(QUIET, "" + i)));

    simulation.runFor(LONG);

    double share = simulation.grantedTo(QUIET).size() / (double) simulation.granted.size();
    assertThat(share).isBetween(0.49, 0.51);
  }

  private static void makeNoise(BudgetSimulation simulation) {
    IntStream.range(0, MANY).forEach(i -> simulation.askForEver(new Caller(NOISE, "" + i)));
  }

  private static Duration longestWait(BudgetSimulation simulation) {
    return simulation.grantedTo(QUIET).stream()
        .map(Granted::waited)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
