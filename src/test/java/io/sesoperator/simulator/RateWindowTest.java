package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.simulator.Caller.Answer;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateWindowTest {

  private static final AccessKey SECOND_KEY = AccessKey.of("AKIDsecond", "k2");
  private static final AccessKey OTHER_ACCOUNT = AccessKey.of("AKIDother", "k3").ofAccount("200");

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00.600Z");

  private Simulator start(ServerRules rules) {
    return Simulator.start(
        SimulatorOptions.standard()
            .withClock(clock)
            .withRules(rules)
            .withKeys(SimulatorOptions.DEMO_KEY, SECOND_KEY, OTHER_ACCOUNT)
            .withSenders(ADDRESS));
  }

  private static void list(Caller caller, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(caller.call("ListEmailAddress", "{}").code()).isEmpty();
    }
  }

  @Test
  void refusesTheTwentyFirstRequestInASecond() throws IOException {
    try (Simulator simulator = start(ServerRules.standard())) {
      Caller caller = new Caller(simulator);
      list(caller, 20);
      clock.step(Duration.ofMillis(999));

      Answer refused = caller.call("ListEmailAddress", "{}");

      assertThat(refused.code()).isEqualTo("RequestLimitExceeded");
      assertThat(refused.message())
          .isEqualTo(
              "Your current request times equals to `21` in a second, which exceeds the frequency limit `20` for a second. Please reduce the frequency of calls.");
      clock.step(Duration.ofMillis(1));
      list(caller, 20);
    }
  }

  @Test
  void countsByTheClocksSecondIfSwitched() throws IOException {
    try (Simulator simulator = start(ServerRules.standard().withWindow(ServerRules.Window.FIXED))) {
      Caller caller = new Caller(simulator);
      list(caller, 20);
      clock.step(Duration.ofMillis(399));
      assertThat(caller.call("ListEmailAddress", "{}").code()).isEqualTo("RequestLimitExceeded");

      clock.step(Duration.ofMillis(1));

      list(caller, 20);
    }
  }

  @Test
  void countsEachActionAndEachAccountApartButNotEachKey() throws IOException {
    try (Simulator simulator = start(ServerRules.standard().withRequestsPerSecond(3))) {
      Caller caller = new Caller(simulator);
      list(caller, 3);

      assertThat(caller.update(Canary.password()).code()).isEmpty();
      assertThat(
              caller.send(caller.draft("ListEmailAddress", "{}").key(SECOND_KEY).signed()).code())
          .isEqualTo("RequestLimitExceeded");
      assertThat(
              caller
                  .send(caller.draft("ListEmailAddress", "{}").key(OTHER_ACCOUNT).signed())
                  .code())
          .isEmpty();
    }
  }
}
