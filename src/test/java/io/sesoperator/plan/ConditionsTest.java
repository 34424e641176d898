package io.sesoperator.plan;

import static io.sesoperator.plan.Outcomes.NOT_ATTEMPTED;
import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static io.sesoperator.testing.StatusRules.Kstatus.CURRENT;
import static io.sesoperator.testing.StatusRules.Kstatus.FAILED;
import static io.sesoperator.testing.StatusRules.Kstatus.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.testing.Observations;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.StatusRules.Kstatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {

  private static final Policy POLICY = Policy.standard(new Random(5));

  static Stream<Arguments> situations() {
    return Stream.of(
        row(
            "just created",
            aCredential().secretHolds("d1"),
            "Unknown/Progressing",
            "True/Progressing",
            "",
            IN_PROGRESS),
        row(
            "Secret missing",
            aCredential(),
            "False/SecretNotFound",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "key missing",
            aCredential().keyMissing(),
            "False/SecretKeyNotFound",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "Secret missing for ten minutes",
            aCredential()
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ZERO, Cause.DEADLINE),
            "False/SecretNotFound",
            "",
            "True/SecretNotFound",
            FAILED),
        row(
            "key missing for ten minutes",
            aCredential()
                .keyMissing()
                .waitsFor(Reason.SECRET_KEY_NOT_FOUND)
                .nextAttempt(Duration.ZERO, Cause.DEADLINE),
            "False/SecretKeyNotFound",
            "",
            "True/SecretKeyNotFound",
            FAILED),
        row(
            "Secret appears after that",
            aCredential().stalled(Reason.SECRET_NOT_FOUND).secretHolds("d1"),
            "Unknown/Progressing",
            "True/Progressing",
            "",
            IN_PROGRESS),
        row(
            "account missing",
            aCredential().accountMissing().secretHolds("d1"),
            "False/AccountNotFound",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "account not ready",
            aCredential().accountNotReady().secretHolds("d1"),
            "False/AccountNotReady",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "Secret changed, being pushed",
            applied("d1").secretHolds("d2"),
            "Unknown/Applying",
            "True/Applying",
            "",
            IN_PROGRESS),
        row(
            "attempt failed, will be tried again",
            pushing(),
            Outcomes.ambiguous(),
            "False/SesUnavailable",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "throttled by SES",
            pushing(),
            Outcomes.throttled(),
            "False/Throttled",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "sender not there yet",
            pushing(),
            Outcomes.notYet(),
            "False/SenderNotFound",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "account without permission",
            pushing(),
            Outcomes.accountTrouble(),
            "False/NotAuthorized",
            "True/ProgressingWithRetry",
            "",
            IN_PROGRESS),
        row(
            "waiting for budget",
            pushing(),
            Outcomes.deferred(Duration.ofSeconds(1)),
            "Unknown/QuotaWait",
            "True/QuotaWait",
            "",
            IN_PROGRESS),
        row(
            "changed too often",
            applied("d1").secretHolds("d2").changed(Duration.ofSeconds(1)),
            "Unknown/ChangeLimit",
            "True/ChangeLimit",
            "",
            IN_PROGRESS),
        row("accepted", pushing(), Outcomes.changed(), "True/Applied", "", "", CURRENT),
        row("accepted before", pushing(), Outcomes.unchanged(), "True/Applied", "", "", CURRENT),
        row(
            "password breaks the rule",
            applied("d1").secretBreaks("d2", "at least 10 characters"),
            "False/InvalidPassword",
            "",
            "True/InvalidPassword",
            FAILED),
        row(
            "SES refused it",
            pushing(),
            Outcomes.refused(),
            "False/PasswordRejected",
            "",
            "True/PasswordRejected",
            FAILED),
        row(
            "not allowed",
            aCredential().notAllowed().secretHolds("d1"),
            "False/NotAllowed",
            "",
            "True/NotAllowed",
            FAILED),
        row(
            "address claimed by an older resource",
            aCredential().ownedBy("older").secretHolds("d1"),
            "False/Conflict",
            "",
            "True/Conflict",
            FAILED),
        row(
            "spec unusable",
            aCredential().withoutAddress(),
            "False/InvalidSpec",
            "",
            "True/InvalidSpec",
            FAILED),
        row(
            "change only planned",
            applied("d1").secretHolds("d2").plansOnly(),
            "Unknown/ChangePlanned",
            "True/ChangePlanned",
            "",
            IN_PROGRESS),
        row(
            "suspended when it was ready",
            applied("d1").secretHolds("d2").suspended(),
            "True/Applied",
            "",
            "",
            CURRENT),
        row(
            "suspended when it was stalled",
            aCredential().stalled(Reason.CONFLICT).suspended(),
            "False/Conflict",
            "",
            "True/Conflict",
            FAILED));
  }

  @ParameterizedTest(name = "{0}: Ready {3}, Reconciling {4}, Stalled {5}")
  @MethodSource("situations")
  void tellsEachSituation(
      String situation,
      Observation seen,
      Outcome outcome,
      String ready,
      String reconciling,
      String stalled,
      Kstatus kstatus) {
    SmtpCredentialStatus next = turn(seen, outcome);

    assertThat(said(next, Condition.READY)).as(situation).isEqualTo(ready);
    assertThat(said(next, Condition.RECONCILING)).isEqualTo(reconciling);
    assertThat(said(next, Condition.STALLED)).isEqualTo(stalled);
    assertThat(StatusRules.kstatus(next, 1)).isEqualTo(kstatus);
  }

  @Test
  void keepsTheTransitionTimeWhileTheStatusStays() {
    Observation failedBefore = aCredential().waitsFor(Reason.SECRET_NOT_FOUND).keyMissing().seen();

    SmtpCredentialStatus next = turn(failedBefore, NOT_ATTEMPTED);

    assertThat(next.conditions())
        .allMatch(condition -> condition.lastTransitionTime().equals(NOW.minusSeconds(60)));
    assertThat(next.condition(Condition.READY))
        .get()
        .extracting(Condition::reason)
        .isEqualTo("SecretKeyNotFound");
  }

  @Test
  void movesTheTransitionTimeWithTheStatus() {
    SmtpCredentialStatus next = turn(applied("d1").withoutVerification().seen(), NOT_ATTEMPTED);

    assertThat(next.conditions())
        .hasSize(2)
        .allMatch(condition -> condition.lastTransitionTime().equals(NOW));
  }

  @Test
  void keepsConditionsThatOthersMake() {
    Observation seen = applied("d1").withoutVerification().secretHolds("d1").seen();
    var draft = seen.status().draft();
    Condition others = new Condition("Backed", "True", 1, NOW, "Up", "By somebody.");
    draft.conditions = Stream.concat(Stream.of(others), draft.conditions.stream()).toList();

    SmtpCredentialStatus next =
        Conditions.conclude(seen.with(draft.finish()), new Stop(Reason.CONFLICT), draft);

    assertThat(next.conditions())
        .extracting(Condition::type)
        .containsExactly(Condition.READY, Condition.STALLED, "Backed");
    assertThat(next.conditions()).contains(others);
  }

  @Test
  void putsReadyFirst() {
    for (Plan.End end : List.of(new Nothing(Reason.APPLIED), new Stop(Reason.CONFLICT))) {
      Observation seen = applied("d1").secretHolds("d1").seen();
      assertThat(
              Conditions.conclude(seen, end, seen.status().draft()).conditions().getFirst().type())
          .isEqualTo(Condition.READY);
    }
  }

  private static SmtpCredentialStatus turn(Observation seen, Outcome ofAPush) {
    Plan plan = new Planner(POLICY).plan(seen);
    Outcome outcome = plan instanceof Push ? ofAPush : NOT_ATTEMPTED;
    SmtpCredentialStatus next = new NextStatus(POLICY).after(seen, plan, outcome);
    StatusRules.check(next, seen.subject().generation());
    return next;
  }

  private static String said(SmtpCredentialStatus status, String type) {
    return status
        .condition(type)
        .map(condition -> condition.status() + "/" + condition.reason())
        .orElse("");
  }

  private static Observations applied(String digest) {
    return aCredential().applied(digest).ready(Reason.APPLIED);
  }

  private static Observations pushing() {
    return aCredential().applied("d1").pending("d2").waitsFor(Reason.APPLYING).secretHolds("d2");
  }

  private static Arguments row(
      String situation,
      Observations facts,
      String ready,
      String reconciling,
      String stalled,
      Kstatus kstatus) {
    return row(situation, facts, NOT_ATTEMPTED, ready, reconciling, stalled, kstatus);
  }

  private static Arguments row(
      String situation,
      Observations facts,
      Outcome outcome,
      String ready,
      String reconciling,
      String stalled,
      Kstatus kstatus) {
    return Arguments.of(situation, facts.seen(), outcome, ready, reconciling, stalled, kstatus);
  }
}
