package io.sesoperator.plan;

import static io.sesoperator.plan.Outcomes.NOT_ATTEMPTED;
import static io.sesoperator.plan.Outcomes.changed;
import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Sender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTest {

  private static final Nothing AS_IT_SHOULD_BE = new Nothing(Reason.APPLIED);
  private static final Duration LONG = Duration.ofDays(9);

  private final NextStatus nextStatus = new NextStatus(Policy.standard(new Random(3)));

  @Test
  void isToldBesideReady() {
    SmtpCredentialStatus next = after(applied().listed(false, LONG), AS_IT_SHOULD_BE);

    assertThat(next.condition(Condition.READY)).matches(it -> it.orElseThrow().holds());
    assertThat(drift(next)).contains("PasswordUnset");
    assertThat(next.sender())
        .contains(new Sender(true, Optional.of(false), Optional.of(NOW.minus(LONG))));
  }

  @Test
  void isNotToldWhereItIsIgnored() {
    assertThat(drift(after(applied().ignoresDrift().listed(false, LONG), AS_IT_SHOULD_BE)))
        .isEmpty();
  }

  @Test
  void tellsNothingOfASenderToWhoMayNotManageIt() {
    Observations forbidden = applied().sender(true).drifted(Reason.PASSWORD_UNSET).notAllowed();

    SmtpCredentialStatus next = after(forbidden.listed(false, LONG), new Stop(Reason.NOT_ALLOWED));

    assertThat(next.sender()).isEmpty();
    assertThat(drift(next)).isEmpty();
    assertThat(next.condition(Condition.VERIFIED)).isEmpty();
  }

  @Test
  void tellsThatTheSenderIsGone() {
    SmtpCredentialStatus next = after(applied().notListed(Duration.ZERO), AS_IT_SHOULD_BE);

    assertThat(drift(next)).contains("SenderMissing");
    assertThat(next.sender()).contains(new Sender(false, Optional.empty(), Optional.empty()));
  }

  @Test
  void tellsThatTheSenderWasMadeAnew() {
    assertThat(drift(after(applied().listed(true, Duration.ofMinutes(2)), AS_IT_SHOULD_BE)))
        .contains("SenderRecreated");
  }

  @Test
  void staysUntilALaterListShowsThatItIsOver() {
    Observations drifted = applied().drifted(Reason.PASSWORD_UNSET);
    assertThat(drift(after(drifted, AS_IT_SHOULD_BE))).contains("PasswordUnset");

    assertThat(drift(after(drifted.listed(true, LONG), AS_IT_SHOULD_BE))).isEmpty();
  }

  @Test
  void isOverWhenTheValueIsAcceptedAgain() {
    Observations drifted =
        applied().pending("d1").sender(false).drifted(Reason.PASSWORD_UNSET).listed(false, LONG);

    SmtpCredentialStatus next =
        nextStatus.after(drifted.secretHolds("d1").seen(), new Push("d1"), changed());

    assertThat(drift(next)).isEmpty();
    assertThat(next.sender().flatMap(Sender::passwordSet)).contains(true);
    assertThat(next.applied().orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void isBeingCorrectedWhileReadyIsUnknown() {
    SmtpCredentialStatus next = after(applied().enforces().listed(false, LONG), new Correct("d1"));

    assertThat(next.pending().orElseThrow().digest()).isEqualTo("d1");
    assertThat(next.condition(Condition.READY).map(Condition::status)).contains("Unknown");
    assertThat(next.condition(Condition.READY).map(Condition::reason)).contains("CorrectingDrift");
  }

  @Test
  void notesTheSenderTogetherWithTheAcceptanceSoThatNothingIsLeftToNoteLater() {
    Observation seen = aCredential().pending("d1").secretHolds("d1").listed(false, LONG).seen();

    SmtpCredentialStatus accepted = nextStatus.after(seen, new Push("d1"), changed());

    assertThat(accepted.sender())
        .contains(new Sender(true, Optional.of(true), Optional.of(NOW.minus(LONG))));
    assertThat(nextStatus.after(seen.with(accepted), AS_IT_SHOULD_BE, NOT_ATTEMPTED))
        .isEqualTo(accepted);
  }

  @Test
  void isNotSeenInAListThatIsOlderThanTheAcceptance() {
    SmtpCredentialStatus next =
        after(
            aCredential().applied("d1", Duration.ofSeconds(30)).sender(true).listed(false, LONG),
            AS_IT_SHOULD_BE);

    assertThat(drift(next)).isEmpty();
    assertThat(next.sender().flatMap(Sender::passwordSet)).contains(true);
  }

  // What is asked for by hand

  @Test
  void looksOnceAndTellsWhatThatShowed() {
    Observation seen =
        applied().withoutVerification().secretHolds("d1").lookRequested("now").seen();
    Listing gone = new Listing(NOW, Optional.empty());
    Outcome looked = new Outcome.LookedUp(Optional.of(gone));

    Reconciliation look =
        new Reconciliation(
            seen, new LookUp(), looked, nextStatus.after(seen, new LookUp(), looked));

    assertThat(look.next()).isEqualTo(seen.status());
    assertThat(look.endsPass()).isFalse();
    Observation then = look.after();
    assertThat(new Planner(Policy.standard(new Random(3))).plan(then)).isEqualTo(AS_IT_SHOULD_BE);
    SmtpCredentialStatus told = nextStatus.after(then, AS_IT_SHOULD_BE, NOT_ATTEMPTED);
    assertThat(told.lastHandledReconcileAt()).contains("now");
    assertThat(drift(told)).contains("SenderMissing");
  }

  @Test
  void answersALookThatCannotBeTaken() {
    Observations unready = aCredential().accountNotReady().lookRequested("now");

    assertThat(
            after(unready, new Plan.Wait(Reason.ACCOUNT_NOT_READY, Optional.empty()))
                .lastHandledReconcileAt())
        .contains("now");
  }

  @Test
  void notesThatThePushWasTriedHoweverItEnded() {
    Observation seen = applied().pending("d1").secretHolds("d1").forced("now").seen();

    Outcomes.ofAPush()
        .forEach(outcome -> {
          boolean tried =
              !(outcome instanceof Outcome.Deferred || outcome instanceof Outcome.Superseded);
          assertThat(nextStatus.after(seen, new Push("d1"), outcome).lastHandledForceAt())
              .as(outcome.toString())
              .isEqualTo(tried ? Optional.of("now") : Optional.empty());
        });
  }

  private SmtpCredentialStatus after(Observations facts, Plan plan) {
    Observation seen = facts.secretHolds("d1").seen();
    SmtpCredentialStatus next = nextStatus.after(seen, plan, NOT_ATTEMPTED);
    StatusRules.check(next, seen.subject().generation());
    return next;
  }

  private static Observations applied() {
    return aCredential().applied("d1").ready(Reason.APPLIED);
  }

  private static Optional<String> drift(SmtpCredentialStatus status) {
    return status.condition(Condition.DRIFTED).map(Condition::reason);
  }
}
