package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.plan.AccountCheck.Listed;
import io.sesoperator.plan.AccountCheck.NotPermitted;
import io.sesoperator.plan.AccountCheck.Unanswered;
import io.sesoperator.plan.AccountCheck.Unusable;
import io.sesoperator.plan.Outcome.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextAccountStatusTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Answer LISTED = answer("", "request-1");

  @Test
  void isReadyOnceSesListsItsSenders() {
    SesAccountStatus status = after(NOW, SesAccountStatus.NONE, new Listed(3, LISTED));

    assertThat(status.senders()).contains(3);
    assertThat(status.checkedAt()).contains(NOW);
    assertThat(status.observedGeneration()).isEqualTo(7);
    assertThat(status.conditions()).hasSize(1);
    assertThat(ready(status))
        .extracting(Condition::status, Condition::reason)
        .containsExactly("True", "Available");
  }

  @Test
  void isReadyWithoutThePermissionToListAndSaysWhatIsNotChecked() {
    SesAccountStatus status =
        after(NOW, SesAccountStatus.NONE, new NotPermitted(answer("UnauthorizedOperation", "r")));

    assertThat(ready(status))
        .extracting(Condition::status, Condition::reason)
        .containsExactly("True", "SendersUnknown");
    assertThat(ready(status).message()).contains("not checked").contains("UnauthorizedOperation");
    assertThat(status.senders()).isEmpty();
  }

  @Test
  void stallsWhenSomebodyMustAct() {
    SesAccountStatus status =
        after(
            NOW,
            SesAccountStatus.NONE,
            new Unusable(
                Reason.CREDENTIALS_INVALID,
                Optional.of(answer("AuthFailure.SecretIdNotFound", "r")),
                Optional.empty()));

    assertThat(ready(status))
        .extracting(Condition::status, Condition::reason)
        .containsExactly("False", "CredentialsInvalid");
    assertThat(status.condition(Condition.STALLED)).get().matches(Condition::holds);
    assertThat(status.clockSkewSeconds()).isEmpty();
  }

  @Test
  void tellsTheClockSkewInWholeMinutesSoThatItDoesNotChangeWithEveryCheck() {
    SesAccountStatus first = after(NOW, SesAccountStatus.NONE, skewed(Duration.ofSeconds(-437)));
    SesAccountStatus second = after(NOW.plusSeconds(10), first, skewed(Duration.ofSeconds(-441)));

    assertThat(first.clockSkewSeconds()).contains(-420L);
    assertThat(second).isSameAs(first);
  }

  @Test
  void changesNothingWhenACheckFindsNothingNew() {
    SesAccountStatus first = after(NOW, SesAccountStatus.NONE, new Listed(3, LISTED));

    SesAccountStatus second =
        after(NOW.plusSeconds(3600), first, new Listed(3, answer("", "request-2")));

    assertThat(second).isSameAs(first);
  }

  @Test
  void noticesThatTheNumberOfSendersChanged() {
    SesAccountStatus first = after(NOW, SesAccountStatus.NONE, new Listed(3, LISTED));

    SesAccountStatus second = after(NOW.plusSeconds(3600), first, new Listed(4, LISTED));

    assertThat(second.senders()).contains(4);
    assertThat(second.checkedAt()).contains(NOW.plusSeconds(3600));
    assertThat(ready(second).lastTransitionTime()).isEqualTo(NOW);
  }

  @Test
  void staysReadyDuringAnOutageOfSes() {
    SesAccountStatus first = after(NOW, SesAccountStatus.NONE, new Listed(3, LISTED));

    assertThat(after(NOW.plusSeconds(60), first, outage())).isSameAs(first);
  }

  @Test
  void isNotReadyWhenSesNeverAnswered() {
    SesAccountStatus status = after(NOW, SesAccountStatus.NONE, outage());

    assertThat(ready(status))
        .extracting(Condition::status, Condition::reason)
        .containsExactly("False", "SesUnavailable");
    assertThat(status.condition(Condition.RECONCILING)).get().matches(Condition::holds);
    assertThat(status.observedGeneration()).isEqualTo(-1);
  }

  @Test
  void doesNotTrustAnOlderVerdictAfterTheSpecChanged() {
    SesAccountStatus older =
        NextAccountStatus.after(NOW, "prod", 6, SesAccountStatus.NONE, new Listed(3, LISTED));

    assertThat(ready(after(NOW, older, outage())).status()).isEqualTo("False");
  }

  private static SesAccountStatus after(Instant now, SesAccountStatus before, AccountCheck check) {
    return NextAccountStatus.after(now, "prod", 7, before, check);
  }

  private static Unusable skewed(Duration skew) {
    return new Unusable(
        Reason.CLOCK_SKEW,
        Optional.of(answer("AuthFailure.SignatureExpire", "r")),
        Optional.of(skew));
  }

  private static Unanswered outage() {
    return new Unanswered(Reason.SES_UNAVAILABLE, answer("ClientError.Timeout", ""));
  }

  private static Answer answer(String code, String requestId) {
    return new Answer(
        "ListEmailAddress",
        Optional.of(code).filter(text -> !text.isEmpty()),
        Optional.of(requestId).filter(text -> !text.isEmpty()));
  }

  private static Condition ready(SesAccountStatus status) {
    return status.condition(Condition.READY).orElseThrow();
  }
}
