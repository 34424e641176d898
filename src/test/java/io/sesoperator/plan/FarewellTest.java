package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Release;
import io.sesoperator.plan.Plan.Revoke;
import io.sesoperator.plan.Plan.Wait;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a resource that is to be deleted. */
class FarewellTest {

  private static final Policy POLICY = Policy.standard(new Random(1));
  private static final Planner PLANNER = new Planner(POLICY);
  private static final NextStatus NEXT_STATUS = new NextStatus(POLICY);
  private static final Duration LATE = Duration.ofMinutes(4);

  static Stream<Arguments> situations() {
    return Stream.of(
        on("not held, whatever the policy", applied().deleted(soon()), left()),
        on("not held, though it shall be revoked", applied().revokes().deleted(soon()), left()),
        on("to be revoked", going(), new Revoke()),
        on("to be revoked, the Secret is gone already", going().secretMissing(), new Revoke()),
        on("being pushed, never accepted", dying(aCredential().pending("d1")), new Revoke()),
        on("never pushed", dying(aCredential()), let(Reason.RETAINED)),
        on("policy changed to Retain", applied().held().deleted(soon()), let(Reason.RETAINED)),
        on("suspended", going().suspended(), let(Reason.RETAINED)),
        on("mode Plan", going().plansOnly(), let(Reason.RETAINED)),
        on("no account", going().accountMissing(), let(Reason.RETAINED)),
        on("not allowed any more", going().notAllowed(), let(Reason.RETAINED)),
        on("another resource manages the address", going().ownedBy("x"), let(Reason.RETAINED)),
        on("revoked", going().waitsFor(Reason.REVOKED), let(Reason.REVOKED)),
        on("account refused", going().accountNotReady(), waits(Reason.ACCOUNT_NOT_READY, 239)),
        on("SES answers nobody", going().sesUnanswered(), waits(Reason.SES_UNAVAILABLE, 239)),
        on(
            "failed a moment ago",
            going()
                .waitsFor(Reason.SES_UNAVAILABLE)
                .nextAttempt(Duration.ofSeconds(20), Cause.BACKOFF),
            new Wait(
                Reason.SES_UNAVAILABLE,
                Optional.of(new NextAttempt(NOW.plusSeconds(20), Cause.BACKOFF)))),
        on(
            "failed a moment ago, but is the one that tries",
            going()
                .inTrial()
                .waitsFor(Reason.SES_UNAVAILABLE)
                .nextAttempt(Duration.ofSeconds(20), Cause.BACKOFF),
            new Revoke()),
        on(
            "waits for its turn",
            going().waitsFor(Reason.REVOKING).nextAttempt(Duration.ofSeconds(2), Cause.QUOTA_WAIT),
            new Revoke()),
        on("tried for long enough", going().deleted(LATE), let(Reason.REVOKE_FAILED)),
        on(
            "account refused for long enough",
            going().accountNotReady().deleted(LATE),
            let(Reason.REVOKE_FAILED)),
        on(
            "tried for long enough, but a request may still land",
            going().deleted(LATE).unsettledFor(Duration.ofMinutes(3)),
            waits(Reason.REVOKING, 180)),
        on(
            "tried for long enough, and nothing can land any more",
            going().deleted(Duration.ofMinutes(10)).unsettledFor(Duration.ZERO),
            let(Reason.REVOKE_FAILED)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void plansFor(String situation, Observation seen, Plan plan) {
    assertThat(PLANNER.plan(seen)).as(situation).isEqualTo(plan);
  }

  @Test
  void forgetsWhatSesHeldOnceItIsRevoked() {
    SmtpCredentialStatus next = after(Outcomes.changed());

    assertThat(next.applied()).isEmpty();
    assertThat(next.pending()).isEmpty();
    assertThat(reason(next)).isEqualTo("Revoked");
    assertThat(next.lastCall()).isPresent();
    assertThat(PLANNER.plan(going().seen().with(next))).isEqualTo(let(Reason.REVOKED));
  }

  @Test
  void takesASenderThatIsGoneForRevoked() {
    assertThat(reason(after(Outcomes.notYet()))).isEqualTo("Revoked");
  }

  @Test
  void triesAgainAfterAFailure() {
    for (Outcome failure :
        List.of(Outcomes.throttled(), Outcomes.refused(), Outcomes.accountTrouble())) {
      SmtpCredentialStatus next = after(failure);
      assertThat(next.nextAttemptTime().orElseThrow()).isAfter(NOW);
      assertThat(next.failures()).isEqualTo(1);
      assertThat(next.applied()).isPresent();
      assertThat(next.unsettled()).isEmpty();
    }
  }

  @Test
  void remembersARequestWithoutAnAnswer() {
    SmtpCredentialStatus next = after(Outcomes.ambiguous());

    assertThat(next.unsettled()).isPresent();
    assertThat(next.nextAttemptTime().orElseThrow()).isAfter(NOW);
  }

  @Test
  void isLetGoInTheEndWhateverSesAnswers() {
    for (Outcome outcome : Outcomes.ofAPush()) {
      Observation seen = going().seen();
      int turns = 0;
      while (!(PLANNER.plan(seen) instanceof Release)) {
        Plan plan = PLANNER.plan(seen);
        Outcome came = plan instanceof Revoke ? outcome : Outcomes.NOT_ATTEMPTED;
        SmtpCredentialStatus next = NEXT_STATUS.after(seen, plan, came);
        seen = seen.with(next).at(later(next.nextAttemptTime(), seen.now().plusSeconds(1)));
        assertThat(turns++).as("turns with %s", outcome).isLessThan(1000);
      }
      assertThat(Duration.between(NOW, seen.now())).isLessThan(Duration.ofMinutes(11));
    }
  }

  @Test
  void goesOnInTheSamePassOnceItIsHeld() {
    Observation seen = aCredential().revokes().secretHolds("d1").seen();
    Plan hold = PLANNER.plan(seen);
    Reconciliation done =
        new Reconciliation(
            seen,
            hold,
            Outcomes.NOT_ATTEMPTED,
            NEXT_STATUS.after(seen, hold, Outcomes.NOT_ATTEMPTED));

    assertThat(done.changesStatus()).isFalse();
    assertThat(done.endsPass()).isFalse();
    assertThat(PLANNER.plan(done.after())).isInstanceOf(Plan.Prepare.class);
  }

  @Test
  void isDoneOnceItIsLetGo() {
    Observation seen = going().waitsFor(Reason.REVOKED).seen();
    Plan release = PLANNER.plan(seen);
    Reconciliation done =
        new Reconciliation(
            seen,
            release,
            Outcomes.NOT_ATTEMPTED,
            NEXT_STATUS.after(seen, release, Outcomes.NOT_ATTEMPTED));

    assertThat(PLANNER.plan(done.after())).isEqualTo(left());
  }

  private static SmtpCredentialStatus after(Outcome outcome) {
    Observation seen = going().seen();
    SmtpCredentialStatus next = NEXT_STATUS.after(seen, new Revoke(), outcome);
    StatusRules.check(next, 1);
    return next;
  }

  private static Instant later(Optional<Instant> promised, Instant atLeast) {
    return promised.filter(time -> time.isAfter(atLeast)).orElse(atLeast);
  }

  private static String reason(SmtpCredentialStatus status) {
    return status.condition("Ready").orElseThrow().reason();
  }

  private static Observations applied() {
    return aCredential().applied("d1").ready(Reason.APPLIED).secretHolds("d1");
  }

  private static Observations going() {
    return dying(applied());
  }

  private static Observations dying(Observations facts) {
    return facts.revokes().held().deleted(soon());
  }

  private static Duration soon() {
    return Duration.ofSeconds(1);
  }

  private static Plan left() {
    return new Nothing(Reason.DELETING);
  }

  private static Plan let(Reason reason) {
    return new Release(reason);
  }

  private static Plan waits(Reason reason, long seconds) {
    return new Wait(reason, Optional.of(new NextAttempt(NOW.plusSeconds(seconds), Cause.DEADLINE)));
  }

  private static Arguments on(String situation, Observations facts, Plan plan) {
    return Arguments.of(situation, facts.seen(), plan);
  }
}
