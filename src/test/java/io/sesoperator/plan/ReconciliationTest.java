package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Effect;
import io.sesoperator.plan.Plan.Push;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

  private static final Policy POLICY = Policy.standard(new Random(5));

  @Test
  void wakesWhenStatusPromisesIt() {
    Reconciliation done = turn(aCredential().seen());

    assertThat(done.wakeTime()).contains(NOW.plus(Duration.ofMinutes(10)));
    assertThat(done.endsPass()).isTrue();
    assertThat(done.changesStatus()).isTrue();
  }

  @Test
  void sleepsWhileSuspendedWhateverStatusPromised() {
    Reconciliation done =
        turn(
            aCredential()
                .pending("d1")
                .waitsFor(Reason.SES_UNAVAILABLE)
                .nextAttempt(Duration.ofHours(-1), Cause.BACKOFF)
                .suspended()
                .seen());

    assertThat(done.wakeTime()).isEmpty();
    assertThat(done.changesStatus()).isFalse();
  }

  @Test
  void goesOnAfterAnEffect() {
    Reconciliation done = turn(aCredential().secretHolds("d1").seen());

    assertThat(done.plan()).isInstanceOf(Effect.class);
    assertThat(done.endsPass()).isFalse();
  }

  @Test
  void endsThePassWithAPushThatMustBeRepeatedLater() {
    assertThat(turn(aCredential().pending("d1").secretHolds("d1").seen()).endsPass()).isTrue();
  }

  @Test
  void endsThePassWithAPreparationThatHasToWaitForItsTurn() {
    Observation seen = aCredential().secretHolds("d1").seen();
    Outcome deferred = Outcomes.deferred(Duration.ofSeconds(2));
    Plan prepare = new Planner(POLICY).plan(seen);

    SmtpCredentialStatus next = new NextStatus(POLICY).after(seen, prepare, deferred);

    assertThat(new Reconciliation(seen, prepare, deferred, next).endsPass()).isTrue();
  }

  private static Reconciliation turn(Observation seen) {
    Plan plan = new Planner(POLICY).plan(seen);
    Outcome outcome = plan instanceof Push ? Outcomes.ambiguous() : Outcomes.NOT_ATTEMPTED;
    SmtpCredentialStatus next = new NextStatus(POLICY).after(seen, plan, outcome);
    return new Reconciliation(seen, plan, outcome, next);
  }
}
