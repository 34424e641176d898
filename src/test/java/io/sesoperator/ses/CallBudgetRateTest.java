package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.ses.CallBudget.Limit;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server sees of many callers, whatever the answers take. */
class CallBudgetRateTest {

  @Property(tries = 300)
  void neverLetsTheServerCountMoreThanTheRate(
      @ForAll @IntRange(min = 1, max = 20) int rate,
      @ForAll @IntRange(max = 2000) int longestAnswer,
      @ForAll @IntRange(max = 300) int latest,
      @ForAll long seed) {
    Random random = new Random(seed);
    BudgetSimulation simulation =
        new BudgetSimulation(
            new Limit(rate, false),
            () -> random.nextInt(longestAnswer + 1),
            () -> random.nextInt(latest + 1));

    simulation.run(120);

    assertThat(simulation.counted).hasSize(120);
    assertThat(simulation.mostInAnySecond()).isLessThanOrEqualTo(rate);
    assertThat(simulation.mostInOneClockSecond()).isLessThanOrEqualTo(rate);
  }

  @Property(tries = 50)
  void grantsInTheOrderOfAskingWhenAllComeBackInTime(
      @ForAll @IntRange(min = 1, max = 20) int rate, @ForAll @IntRange(max = 500) int answer) {
    BudgetSimulation simulation =
        new BudgetSimulation(new Limit(rate, false), () -> answer, () -> 0);

    simulation.run(100);

    assertThat(simulation.granted)
        .extracting(call -> Integer.parseInt(call.caller().name()))
        .isSorted();
  }

  @ParameterizedTest
  @CsvSource({"5, 19.1", "50, 20.0", "100, 21.0"})
  void isNotSlowerThanItsRuleDemands(long answerMillis, double seconds) {
    BudgetSimulation simulation =
        new BudgetSimulation(new Limit(20, false), () -> answerMillis, () -> 0);

    Duration took = simulation.run(400);

    assertThat(took.toMillis() / 1000.0).isLessThanOrEqualTo(seconds);
    assertThat(simulation.deferrals).isEqualTo(380);
  }
}
