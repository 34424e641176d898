package io.sesoperator.plan;

import static io.sesoperator.plan.Outcomes.NOT_ATTEMPTED;
import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Pending;
import io.sesoperator.api.SmtpCredentialStatus.PlanVerdict;
import io.sesoperator.api.SmtpCredentialStatus.Rejected;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Wait;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NextStatusTest {

  private static final Duration SETTLE_TIME = Duration.ofMinutes(6);

  private final NextStatus nextStatus = new NextStatus(Policy.standard(new Random(3)));

  // What is remembered of a prepared value

  @Test
  void remembersThePreparedValueAndForgetsTheFailuresOfTheOneBefore() {
    Observation seen =
        aCredential()
            .secretHolds("d2")
            .rejected("d1", Reason.PASSWORD_REJECTED, 1)
            .failures(7)
            .nextAttempt(Duration.ofMinutes(3), Cause.BACKOFF)
            .seen();

    SmtpCredentialStatus next = after(seen, new Prepare("d2"), NOT_ATTEMPTED);

    assertThat(next.pending()).contains(new Pending("d2", NOW, 0));
    assertThat(next.rejected()).isEmpty();
    assertThat(next.failures()).isZero();
    assertThat(next.nextAttemptTime()).isEmpty();
  }

  @Test
  void seesNoDoubtInTheFirstChangeAfterLong() {
    Observation first = aCredential().secretHolds("d2").seen();
    Observation later = aCredential().applied("d1", SETTLE_TIME).secretHolds("d2").seen();

    assertThat(after(first, new Prepare("d2"), NOT_ATTEMPTED).unsettled()).isEmpty();
    assertThat(after(later, new Prepare("d2"), NOT_ATTEMPTED).unsettled()).isEmpty();
  }

  @Test
  void doubtsWhatWasBeingPushedBeforeAnotherValue() {
    Observation seen = aCredential().pending("d1").secretHolds("d2").seen();

    assertThat(after(seen, new Prepare("d2"), NOT_ATTEMPTED).unsettled()).contains(doubtFromNow());
  }

  @Test
  void doubtsEarlierTriesForAValueThatWasAcceptedAMomentAgo() {
    Duration almost = SETTLE_TIME.minusMillis(1);
    Observation seen = aCredential().applied("d1", almost).secretHolds("d2").seen();

    assertThat(after(seen, new Prepare("d2"), NOT_ATTEMPTED).unsettled()).contains(doubtFromNow());
  }

  @Test
  void doubtsASettlePushThatMayBeUnderWay() {
    Observation seen =
        aCredential().applied("d1").unsettledFor(Duration.ofMinutes(-1)).secretHolds("d2").seen();

    assertThat(after(seen, new Prepare("d2"), NOT_ATTEMPTED).unsettled()).contains(doubtFromNow());
  }

  // What is remembered of a push

  @Test
  void remembersWhatSesAccepted() {
    SmtpCredentialStatus next = after(pushing(), new Push("d2"), Outcomes.changed());

    assertThat(next.applied()).contains(new Applied("d2", NOW, Optional.of("req-2"), "Changed", 2));
    assertThat(next.pending()).isEmpty();
    assertThat(next.failures()).isZero();
    assertThat(next.lastCall())
        .contains(new LastCall(Outcomes.ACTION, Optional.of("req-2"), Optional.empty(), NOW));
  }

  @Test
  void takesARepeatedPasswordAsProof() {
    SmtpCredentialStatus next = after(pushing(), new Push("d2"), Outcomes.unchanged());

    assertThat(next.applied())
        .contains(new Applied("d2", NOW, Optional.of("req-2"), "Unchanged", 2));
    assertThat(next.lastCall())
        .get()
        .extracting(LastCall::errorCode)
        .isEqualTo(Optional.of("OperationDenied.RepeatPassWord"));
  }

  @Test
  void countsARevisionOnlyForAnotherValue() {
    Observation again = aCredential().applied("d1").pending("d1").secretHolds("d1").seen();
    Observation first = aCredential().pending("d1").secretHolds("d1").seen();

    assertThat(revision(after(again, new Push("d1"), Outcomes.unchanged()))).isEqualTo(1);
    assertThat(revision(after(first, new Push("d1"), Outcomes.changed()))).isEqualTo(1);
    assertThat(revision(after(pushing(), new Push("d2"), Outcomes.changed()))).isEqualTo(2);
  }

  @Test
  void keepsADoubtThatIsNotOverAndPromisesTheSettlePush() {
    Observation seen =
        aCredential().pending("d2").unsettledFor(SETTLE_TIME).secretHolds("d2").seen();

    SmtpCredentialStatus next = after(seen, new Push("d2"), Outcomes.changed());

    assertThat(next.unsettled()).contains(doubtFromNow());
    assertThat(next.nextAttemptTime()).contains(NOW.plus(SETTLE_TIME));
    assertThat(next.nextReason()).contains("Settle");
  }

  @Test
  void needsNoSettlePushForAValueThatWasAcceptedAfterTheDoubt() {
    Observation seen =
        aCredential().pending("d2").unsettledFor(Duration.ZERO).secretHolds("d2").seen();

    SmtpCredentialStatus next = after(seen, new Push("d2"), Outcomes.changed());

    assertThat(next.unsettled()).isEmpty();
    assertThat(next.nextAttemptTime()).isEmpty();
  }

  @Test
  void remembersTheRefusedValue() {
    SmtpCredentialStatus next = after(pushing(), new Push("d2"), Outcomes.refused());

    assertThat(next.rejected())
        .contains(
            new Rejected("d2", "InvalidParameterValue.InvalidSmtpPassWord", "PasswordRejected", 1));
    assertThat(next.pending()).isEmpty();
    assertThat(next.applied()).isEqualTo(pushing().status().applied());
    assertThat(next.nextAttemptTime()).isEmpty();
  }

  @Test
  void countsFailuresAndBacksOff() {
    Observation seen = aCredential().pending("d2").failures(4).secretHolds("d2").seen();

    SmtpCredentialStatus next = after(seen, new Push("d2"), Outcomes.ambiguous());

    assertThat(next.failures()).isEqualTo(5);
    assertThat(next.pending()).contains(new Pending("d2", NOW.minusSeconds(1), 1));
    assertThat(next.nextAttemptTime().orElseThrow()).isBetween(NOW.plusMillis(200), inSeconds(32));
    assertThat(next.nextReason()).contains("Backoff");
    assertThat(next.lastCall())
        .contains(
            new LastCall(
                Outcomes.ACTION, Optional.empty(), Optional.of("ClientError.NetworkError"), NOW));
  }

  @Test
  void countsOnFromWhateverItReads() {
    Observation seen =
        aCredential().pending("d2").failures(Integer.MAX_VALUE).secretHolds("d2").seen();
    Observation odd = aCredential().pending("d2").failures(-5).secretHolds("d2").seen();

    assertThat(after(seen, new Push("d2"), Outcomes.notYet()).failures())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(after(odd, new Push("d2"), Outcomes.notYet()).failures()).isEqualTo(1);
  }

  @Test
  void countsNoFailureWhenNothingWasSent() {
    SmtpCredentialStatus deferred =
        after(pushing(), new Push("d2"), Outcomes.deferred(Duration.ofSeconds(3)));
    SmtpCredentialStatus superseded = after(pushing(), new Push("d2"), Outcomes.SUPERSEDED);

    assertThat(deferred.failures()).isZero();
    assertThat(deferred.lastCall()).isEmpty();
    assertThat(deferred.nextAttemptTime()).contains(inSeconds(3));
    assertThat(superseded.failures()).isZero();
    assertThat(superseded.nextAttemptTime()).contains(inSeconds(1));
  }

  @Test
  void saysAtOnceThatAPreparedValueHasToWaitForItsTurn() {
    Observation seen = aCredential().applied("d1").secretHolds("d2").seen();

    SmtpCredentialStatus next =
        after(seen, new Prepare("d2"), Outcomes.deferred(Duration.ofSeconds(3)));

    assertThat(next.pending()).contains(new Pending("d2", NOW, 0));
    assertThat(reason(next)).isEqualTo("QuotaWait");
    assertThat(next.nextAttemptTime()).contains(inSeconds(3));
  }

  @Test
  void keepsTheTimeThatItToldWhileItLiesAhead() {
    Observations waiting =
        aCredential().pending("d2").secretHolds("d2").waitsFor(Reason.QUOTA_WAIT);
    Outcome deferred = Outcomes.deferred(Duration.ofSeconds(9));
    Observation told = waiting.nextAttempt(Duration.ofSeconds(2), Cause.QUOTA_WAIT).seen();
    Observation over = waiting.nextAttempt(Duration.ofSeconds(-2), Cause.QUOTA_WAIT).seen();

    assertThat(after(told, new Push("d2"), deferred).nextAttemptTime()).contains(inSeconds(2));
    assertThat(after(over, new Push("d2"), deferred).nextAttemptTime()).contains(inSeconds(9));
  }

  @Test
  void leavesItToTheAccountWhenToTryAgainAfterATroubleOfTheAccount() {
    Observation seen = aCredential().pending("d2").failures(4).secretHolds("d2").seen();

    SmtpCredentialStatus next = after(seen, new Push("d2"), Outcomes.accountTrouble());

    assertThat(next.failures()).isEqualTo(5);
    assertThat(reason(next)).isEqualTo("NotAuthorized");
    assertThat(next.nextAttemptTime()).isEmpty();
    assertThat(next.pending()).isPresent();
  }

  @Test
  void doesNotBackOffWhenItTriedForOthers() {
    Observation seen = aCredential().inTrial().pending("d2").secretHolds("d2").seen();

    SmtpCredentialStatus next = after(seen, new Push("d2"), Outcomes.ambiguous());

    assertThat(reason(next)).isEqualTo("SesUnavailable");
    assertThat(next.nextAttemptTime()).isEmpty();
  }

  @Test
  void demandsThatAPlannedPushIsCarriedOut() {
    assertThatThrownBy(() -> nextStatus.after(pushing(), new Push("d2"), NOT_ATTEMPTED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // A settle push that does not succeed

  static java.util.stream.Stream<Outcome> failuresToSettle() {
    return Outcomes.ofAPush().stream()
        .filter(outcome -> !(outcome instanceof Outcome.Done))
        .filter(outcome -> !(outcome instanceof Outcome.Refused));
  }

  @ParameterizedTest
  @MethodSource("failuresToSettle")
  void staysReadyAndTriesToSettleLater(Outcome failure) {
    SmtpCredentialStatus next = after(settling(), new Push("d1"), failure);

    assertThat(next.condition(Condition.READY)).get().matches(Condition::holds);
    assertThat(next.unsettled()).isPresent();
    assertThat(next.nextReason())
        .contains(failure instanceof Outcome.Deferred ? "QuotaWait" : "Settle");
    assertThat(next.nextAttemptTime().orElseThrow()).isAfter(NOW);
    assertThat(next.pending()).isEmpty();
  }

  @Test
  void isSettledByASuccessfulSettlePush() {
    SmtpCredentialStatus next = after(settling(), new Push("d1"), Outcomes.unchanged());

    assertThat(next.unsettled()).isEmpty();
    assertThat(next.nextAttemptTime()).isEmpty();
    assertThat(next.failures()).isZero();
  }

  @Test
  void settlesNotBeforeTheDoubtIsOver() {
    Observation early =
        aCredential()
            .applied("d1", Duration.ofMinutes(1))
            .ready(Reason.APPLIED)
            .unsettledFor(Duration.ofMinutes(2))
            .nextAttempt(Duration.ofSeconds(90), Cause.SETTLE)
            .secretHolds("d1")
            .seen();

    assertThat(after(early, new Nothing(Reason.APPLIED), NOT_ATTEMPTED).nextAttemptTime())
        .contains(inSeconds(120));
  }

  @Test
  void waitsForNoSettleThatAClockAheadHasPutOff() {
    Observation early =
        aCredential()
            .applied("d1", Duration.ofMinutes(1))
            .ready(Reason.APPLIED)
            .unsettledFor(Duration.ofMinutes(2))
            .nextAttempt(Duration.ofDays(1), Cause.SETTLE)
            .secretHolds("d1")
            .seen();

    assertThat(after(early, new Nothing(Reason.APPLIED), NOT_ATTEMPTED).nextAttemptTime())
        .contains(inSeconds(120));
  }

  @Test
  void endsADoubtOfAClockAheadInTime() {
    Observation ahead =
        aCredential()
            .applied("d1", Duration.ofDays(-1))
            .ready(Reason.APPLIED)
            .unsettledFor(Duration.ofDays(1))
            .secretHolds("d1")
            .seen();

    SmtpCredentialStatus next = after(ahead, new Nothing(Reason.APPLIED), NOT_ATTEMPTED);

    assertThat(next.unsettled()).contains(doubtFromNow());
    assertThat(next.nextAttemptTime()).contains(NOW.plus(SETTLE_TIME));
  }

  @Test
  void stopsWhenSesRefusesWhatItAcceptedBefore() {
    SmtpCredentialStatus next = after(settling(), new Push("d1"), Outcomes.refused());

    assertThat(StatusRules.kstatus(next, 1)).isEqualTo(StatusRules.Kstatus.FAILED);
    assertThat(next.unsettled()).isPresent();
  }

  // The rest

  @Test
  void leavesASuspendedStatusAlone() {
    Observation seen =
        aCredential()
            .applied("d1")
            .ready(Reason.APPLIED)
            .nextAttempt(Duration.ofSeconds(-9), Cause.SETTLE)
            .secretHolds("d2")
            .suspended()
            .generation(2)
            .seen();

    assertThat(nextStatus.after(seen, new Nothing(Reason.SUSPENDED), NOT_ATTEMPTED))
        .isSameAs(seen.status());
  }

  @Test
  void recordsTheVerdictOfModePlanOnlyWhileItIsPlan() {
    Observations planning = aCredential().applied("d1").secretHolds("d2").plansOnly();
    SmtpCredentialStatus change =
        after(planning.seen(), new Wait(Reason.CHANGE_PLANNED, Optional.empty()), NOT_ATTEMPTED);
    SmtpCredentialStatus none = after(planning.seen(), new Nothing(Reason.APPLIED), NOT_ATTEMPTED);
    SmtpCredentialStatus stuck =
        after(planning.seen(), new Stop(Reason.INVALID_PASSWORD), NOT_ATTEMPTED);
    Observation applying = aCredential().secretHolds("d2").seen().with(change);

    assertThat(change.plan()).contains(new PlanVerdict("Change", "ChangePlanned"));
    assertThat(none.plan()).contains(new PlanVerdict("NoChange", "Applied"));
    assertThat(stuck.plan()).contains(new PlanVerdict("Unknown", "InvalidPassword"));
    assertThat(after(applying, new Prepare("d2"), NOT_ATTEMPTED).plan()).isEmpty();
  }

  @Test
  void observesAGenerationOnlyWithItsVerdict() {
    Observations edited = aCredential().applied("d1").ready(Reason.APPLIED).secretHolds("d2");
    Observation seen = edited.generation(2).seen();

    assertThat(after(seen, new Prepare("d2"), NOT_ATTEMPTED).observedGeneration()).isEqualTo(1);
    assertThat(after(seen, new Nothing(Reason.APPLIED), NOT_ATTEMPTED).observedGeneration())
        .isEqualTo(2);
    assertThat(after(seen, new Stop(Reason.CONFLICT), NOT_ATTEMPTED).observedGeneration())
        .isEqualTo(2);
  }

  @Test
  void isNotAheadOfAResourceThatWasRestoredWithAForeignStatus() {
    Observation backup =
        aCredential().generation(9).applied("d1").ready(Reason.APPLIED).secretHolds("d2").seen();
    Observation restored = aCredential().secretHolds("d2").seen().with(backup.status());

    assertThat(after(restored, new Prepare("d2"), NOT_ATTEMPTED).observedGeneration())
        .isLessThanOrEqualTo(1);
  }

  private SmtpCredentialStatus after(Observation seen, Plan plan, Outcome outcome) {
    SmtpCredentialStatus next = nextStatus.after(seen, plan, outcome);
    StatusRules.check(next, seen.subject().generation());
    return next;
  }

  private static Observation pushing() {
    return aCredential().applied("d1").pending("d2").secretHolds("d2").seen();
  }

  private static Observation settling() {
    return aCredential()
        .applied("d1", Duration.ofMinutes(5))
        .ready(Reason.APPLIED)
        .unsettledFor(Duration.ZERO)
        .secretHolds("d1")
        .seen();
  }

  private static Unsettled doubtFromNow() {
    return new Unsettled(NOW.plus(SETTLE_TIME));
  }

  private static Instant inSeconds(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static String reason(SmtpCredentialStatus status) {
    return status.condition(Condition.READY).orElseThrow().reason();
  }

  private static long revision(SmtpCredentialStatus status) {
    return status.applied().orElseThrow().revision();
  }
}
