package io.sesoperator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each status write reaches the operator's own cache two seconds after the one before. */
@ExtendWith(RealApiServerExtension.class)
class StaleCacheIT {

  private static final Duration LAG = Duration.ofSeconds(2);
  private static final Duration LONG_AGO = Duration.ofMinutes(7);
  private static final Point ANSWER_TO_THE_LAST_WRITE =
      new Point("PATCH smtpcredentials/status", Moment.AFTER);

  private final Arena arena;

  StaleCacheIT(RealApiServer server) throws Exception {
    arena = Arena.on(server, 1, new Values());
    arena.awaitChecks(arena.start(Weather.fine(), _ -> {}));
    arena.fill();
    arena.kill(arena.operator());
    arena.passTime(LONG_AGO);
  }

  @AfterEach
  void end() {
    arena.close();
  }

  @Test
  void makesNoCallAgainWhenTheAnswerToItsWriteIsLost() throws Exception {
    Freeze lost = new Freeze();
    lost.lose();
    arena.awaitChecks(
        arena.start(
            Weather.late(LAG),
            sentry -> sentry.set(arena.name(0), ANSWER_TO_THE_LAST_WRITE, lost)));

    arena.write(0, 1);
    arena.awaitDone();

    assertThat(lost.isReached()).isTrue();
    assertOneCallForEachValue();
  }

  @Test
  void makesNoCallAgainWhenSomethingElseWakesIt() throws Exception {
    arena.awaitChecks(arena.start(Weather.late(LAG), _ -> {}));

    arena.write(0, 1);
    arena.awaitDone();
    arena.nudge(); // arrives between the two status writes

    assertOneCallForEachValue();
  }

  private void assertOneCallForEachValue() {
    Awaitility.await()
        .during(LAG.multipliedBy(2))
        .atMost(LAG.multipliedBy(3))
        .untilAsserted(() -> assertThat(arena.ledger().calls(arena.name(0))).containsExactly(0, 1));
  }
}
