package io.sesoperator.plan;

import static io.sesoperator.plan.Evidence.LoginVerdict.ACCEPTED;
import static io.sesoperator.plan.Evidence.LoginVerdict.REFUSED;
import static io.sesoperator.plan.Evidence.LoginVerdict.UNREACHABLE;
import static io.sesoperator.plan.Outcomes.NOT_ATTEMPTED;
import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Verified;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final NextStatus nextStatus = new NextStatus(Policy.standard(new Random(3)));

  @Test
  void isAwaitedOnceSesHasAccepted() {
    Observation seen = aCredential().pending("d1").secretHolds("d1").seen();

    SmtpCredentialStatus next = nextStatus.after(seen, new Push("d1"), Outcomes.changed());

    assertThat(verified(next)).contains("Unknown/Verifying");
    assertThat(ready(next)).isEqualTo("True/Applied");
  }

  @Test
  void isGivenByALogin() {
    SmtpCredentialStatus next = after(accepted(40).loggedIn(ACCEPTED, A_MOMENT));

    assertThat(verified(next)).contains("True/LoggedIn");
    assertThat(next.verified()).contains(new Verified(1, NOW.minus(A_MOMENT), "smtp.example.com"));
  }

  @Test
  void staysWhatTheFirstLoginGave() {
    SmtpCredentialStatus next = after(accepted(40).verified().loggedIn(ACCEPTED, A_MOMENT));

    assertThat(next.verified().orElseThrow().time()).isEqualTo(NOW.minusSeconds(90));
  }

  @Test
  void isNotGivenByALoginWithWhatWasAcceptedEarlier() {
    assertThat(verified(after(accepted(40).loggedInBefore(ACCEPTED, A_MOMENT))))
        .contains("Unknown/Verifying");
  }

  @Test
  void isAwaitedForFiveMinutesAndMissingThen() {
    assertThat(verified(after(accepted(299).loggedIn(REFUSED, A_MOMENT))))
        .contains("Unknown/Verifying");
    assertThat(verified(after(accepted(300).loggedIn(REFUSED, A_MOMENT))))
        .contains("False/LoginRefused");
  }

  @Test
  void cannotBeHadWhereNoServerIsReached() {
    assertThat(verified(after(accepted(400).loggedIn(UNREACHABLE, A_MOMENT))))
        .contains("Unknown/SmtpUnreachable");
  }

  @Test
  void isNotSpokenOfWhereItIsNotWanted() {
    SmtpCredentialStatus next =
        after(accepted(40).withoutVerification().loggedIn(ACCEPTED, A_MOMENT));

    assertThat(verified(next)).isEmpty();
  }

  @Test
  void holdsReadyUpWhereItIsRequired() {
    Observations required = accepted(40).requiresVerification();
    assertThat(ready(after(required))).isEqualTo("False/Verifying");

    assertThat(ready(after(required.loggedIn(REFUSED, A_MOMENT)))).isEqualTo("False/Verifying");
    assertThat(ready(after(required.loggedIn(ACCEPTED, A_MOMENT)))).isEqualTo("True/Applied");
    assertThat(ready(after(accepted(40).requiresVerification().verified())))
        .isEqualTo("True/Applied");
  }

  @Test
  void tellsWhoseRequiredProofIsMissingWhatIsWrong() {
    Observations required = accepted(400).requiresVerification();

    assertThat(ready(after(required.loggedIn(UNREACHABLE, A_MOMENT))))
        .isEqualTo("False/SmtpUnreachable");
    assertThat(ready(after(required.loggedIn(REFUSED, A_MOMENT)))).isEqualTo("False/LoginRefused");
  }

  @Test
  void isLostAfterThreeRefusalsOverThreeMinutes() {
    Observations once = accepted(4000).verified().loggedIn(REFUSED, Duration.ofSeconds(181));
    assertThat(verified(after(once))).contains("True/LoggedIn");

    Observations twice = once.loggedIn(REFUSED, Duration.ofSeconds(91));
    assertThat(verified(after(twice))).contains("True/LoggedIn");

    SmtpCredentialStatus thrice = after(twice.loggedIn(REFUSED, A_MOMENT));
    assertThat(verified(thrice)).contains("False/LoginRefused");
    assertThat(thrice.condition(Condition.DRIFTED).map(Condition::reason)).contains("LoginRefused");
    assertThat(ready(thrice)).isEqualTo("True/Applied");
  }

  @Test
  void isNotLostByRefusalsThatAnAcceptanceInterrupts() {
    Observations seen =
        accepted(4000)
            .verified()
            .loggedIn(REFUSED, Duration.ofSeconds(300))
            .loggedIn(ACCEPTED, Duration.ofSeconds(200))
            .loggedIn(REFUSED, Duration.ofSeconds(100))
            .loggedIn(REFUSED, A_MOMENT);

    assertThat(verified(after(seen))).contains("True/LoggedIn");
  }

  @Test
  void isNeededAgainWhenSesHadAnotherValueMeanwhile() {
    Observation seen = accepted(4000).verified().pending("d1").secretHolds("d1").seen();

    assertThat(verified(nextStatus.after(seen, new Push("d1"), Outcomes.changed())))
        .contains("Unknown/Verifying");
    assertThat(verified(nextStatus.after(seen, new Push("d1"), Outcomes.unchanged())))
        .contains("True/LoggedIn");
  }

  @Test
  void isNotForgottenByARestart() {
    Observation before = accepted(400).secretHolds("d1").loggedIn(REFUSED, A_MOMENT).seen();
    SmtpCredentialStatus told = after(before);

    Observation restarted = accepted(400).secretHolds("d1").seen().with(told);

    assertThat(after(restarted)).isEqualTo(told);
  }

  // When logins are made

  @Test
  void isSoughtEveryTenSecondsUntilTheWindowEndsAndThenEveryFiveMinutes() {
    TreeSet<Long> seconds = new TreeSet<>();
    Instant accepted = NOW.minusSeconds(40);
    Observation seen = accepted(40).secretHolds("d1").seen().at(accepted);

    for (Instant time = accepted; time.isBefore(accepted.plusSeconds(1000)); ) {
      time = LoginSchedule.next(seen.at(time), seen.status().applied().orElseThrow());
      seconds.add(Duration.between(accepted, time).toSeconds());
    }

    assertThat(seconds.headSet(60L)).containsExactly(20L, 30L, 40L, 50L);
    assertThat(seconds.tailSet(290L)).containsExactly(290L, 300L, 600L, 900L, 1200L);
    assertThat(seconds).hasSize(32);
  }

  @Test
  void isCheckedOnceInEachInterval() {
    Observation seen = accepted(7200).verified().secretHolds("d1").seen();
    Instant first = LoginSchedule.next(seen, seen.status().applied().orElseThrow());
    Instant second = LoginSchedule.next(seen.at(first), seen.status().applied().orElseThrow());

    assertThat(first).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(Duration.between(first, second)).isEqualTo(Duration.ofHours(1));
  }

  private SmtpCredentialStatus after(Observations facts) {
    return after(facts.secretHolds("d1").seen());
  }

  private SmtpCredentialStatus after(Observation seen) {
    SmtpCredentialStatus next = nextStatus.after(seen, new Nothing(Reason.APPLIED), NOT_ATTEMPTED);
    StatusRules.check(next, seen.subject().generation());
    return next;
  }

  private static Observations accepted(int secondsAgo) {
    return aCredential()
        .applied("d1", Duration.ofSeconds(secondsAgo))
        .ready(Reason.APPLIED)
        .running(Duration.ofHours(9));
  }

  private static Optional<String> verified(SmtpCredentialStatus status) {
    return status.condition(Condition.VERIFIED).map(it -> it.status() + "/" + it.reason());
  }

  private static String ready(SmtpCredentialStatus status) {
    Condition ready = status.condition(Condition.READY).orElseThrow();
    return ready.status() + "/" + ready.reason();
  }
}
