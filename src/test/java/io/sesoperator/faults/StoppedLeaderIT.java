package io.sesoperator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.runtime.Setting;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A leader in a process of its own, stopped by SIGSTOP on the way to its call. Mostly the loss of
 * the Lease ends it before the pass goes on; that the call itself is held back where it does not,
 * {@code LeaseRenewalsTest} and the mode "long-pause" show.
 */
@ExtendWith(RealApiServerExtension.class)
class StoppedLeaderIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Arena arena;
  private final Map<Setting, String> settings;

  StoppedLeaderIT(RealApiServer server) {
    arena = new Arena(server, 1, new Values(), true, UnaryOperator.identity());
    settings = arena.settings();
    settings.put(Setting.LEASE_DURATION, "3s");
    settings.put(Setting.LEASE_RENEW_DEADLINE, "2s");
  }

  @AfterEach
  void end() {
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH smtpcredentials/status (pending)", "GET secrets (API keys)"})
  void makesNoCallWhenItWakesAfterAnotherOneHasPushedANewerValue(String lastRequest) {
    Freeze stop = new Freeze();
    try (Gate gate = arena.gate(Weather.fine());
        OperatorProcess leader = OperatorProcess.start(gate.through(arena.config()), settings);
        OperatorProcess standby = OperatorProcess.start(arena.config(), settings)) {
      gate.sentry().set(arena.name(0), new Point(lastRequest, Moment.AFTER), stop);
      arena.write(0, 0);
      Awaitility.await(lastRequest).atMost(SOON).until(stop::isReached);

      leader.pause();
      gate.pause();
      stop.goOn();
      arena.write(0, 1);
      arena.awaitDone(); // by the standby
      gate.resume(); // but for the Lease's traffic
      leader.resume();

      assertThat(leader.awaitExit()).isEqualTo(1);
      assertThat(arena.ledger().calls(arena.name(0))).as("calls of the stopped one").isEmpty();
      assertThat(arena.holds(0)).isTrue();
      assertThat(arena.isDone(0, arena.credentials().get(arena.name(0)))).isTrue();
      assertThat(standby.isReady()).isTrue();
    }
  }
}
