package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NextAccountStatusTest {

  private static final String ACTION = "ListEmailAddress";
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  static Stream<Arguments> checks() {
    return Stream.of(
        Arguments.of("listed", listed(3, "r"), "True/Available", "", ""),
        Arguments.of("may not list", notPermitted("r"), "True/SendersUnknown", "", ""),
        Arguments.of(
            "wrong key",
            unusable(Reason.CREDENTIALS_INVALID, "r", Duration.ZERO),
            "False/CredentialsInvalid",
            "",
            "True/CredentialsInvalid"),
        Arguments.of(
            "no endpoint", notAsked(), "False/EndpointNotAllowed", "", "True/EndpointNotAllowed"),
        Arguments.of(
            "no answer", unanswered("r"), "False/SesUnavailable", "True/ProgressingWithRetry", ""));
  }

  @ParameterizedTest(name = "{0}: Ready {2}, Reconciling {3}, Stalled {4}")
  @MethodSource("checks")
  void tellsEachSituation(
      String situation, AccountCheck check, String ready, String reconciling, String stalled) {
    SesAccountStatus next = after(NOW, 1, SesAccountStatus.NONE, check);

    assertThat(said(next, Condition.READY)).as(situation).isEqualTo(ready);
    assertThat(said(next, Condition.RECONCILING)).isEqualTo(reconciling);
    assertThat(said(next, Condition.STALLED)).isEqualTo(stalled);
  }

  static Stream<Arguments> repetitions() {
    return Stream.of(
        Arguments.of(listed(3, "first"), listed(3, "second")),
        Arguments.of(notPermitted("first"), notPermitted("second")),
        Arguments.of(unanswered("first"), unanswered("second")),
        Arguments.of(notAsked(), notAsked()),
        Arguments.of(
            unusable(Reason.CLOCK_SKEW, "first", Duration.ofSeconds(421)),
            unusable(Reason.CLOCK_SKEW, "second", Duration.ofSeconds(479))));
  }

  @ParameterizedTest
  @MethodSource("repetitions")
  void changesNothingWhenACheckFindsNothingNew(AccountCheck first, AccountCheck second) {
    SesAccountStatus before = after(NOW, 1, SesAccountStatus.NONE, first);

    assertThat(after(LATER, 1, before, second)).isSameAs(before);
  }

  @Test
  void tellsWhatIsNew() {
    SesAccountStatus three = after(NOW, 1, SesAccountStatus.NONE, listed(3, "r"));
    SesAccountStatus four = after(LATER, 1, three, listed(4, "r"));

    assertThat(four.senders()).contains(4);
    assertThat(four.checkedAt()).contains(LATER);
    assertThat(four.condition(Condition.READY))
        .get()
        .extracting(Condition::lastTransitionTime)
        .isEqualTo(NOW);
  }

  @Test
  void leavesAnAccountAloneThatWorkedBeforeAnOutage() {
    SesAccountStatus worked = after(NOW, 1, SesAccountStatus.NONE, listed(3, "r"));

    assertThat(after(LATER, 1, worked, unanswered("r"))).isSameAs(worked);
  }

  @Test
  void trustsAnEditedAccountOnlyAfterAnAnswer() {
    SesAccountStatus worked = after(NOW, 1, SesAccountStatus.NONE, listed(3, "r"));
    SesAccountStatus edited = after(LATER, 2, worked, unanswered("r"));

    assertThat(said(edited, Condition.READY)).isEqualTo("False/SesUnavailable");
    assertThat(edited.observedGeneration()).isEqualTo(1);
    assertThat(edited.senders()).contains(3);
  }

  @Test
  void isNotAheadOfAnAccountThatWasRestoredWithAForeignStatus() {
    SesAccountStatus foreign = after(NOW, 9, SesAccountStatus.NONE, listed(3, "r"));

    assertThat(after(LATER, 1, foreign, unanswered("r")).observedGeneration())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void recoversFromTroubleAndTellsTheSkewOnlyAsTheCause() {
    SesAccountStatus skewed =
        after(
            NOW,
            1,
            SesAccountStatus.NONE,
            unusable(Reason.CLOCK_SKEW, "r", Duration.ofSeconds(-421)));
    SesAccountStatus wrongKey =
        after(
            NOW,
            1,
            SesAccountStatus.NONE,
            unusable(Reason.CREDENTIALS_INVALID, "r", Duration.ofSeconds(421)));
    SesAccountStatus recovered = after(LATER, 1, skewed, listed(1, "r"));

    assertThat(skewed.clockSkewSeconds()).contains(-420L);
    assertThat(wrongKey.clockSkewSeconds()).isEmpty();
    assertThat(recovered.clockSkewSeconds()).isEmpty();
    assertThat(said(recovered, Condition.STALLED)).isEmpty();
  }

  private static SesAccountStatus after(
      Instant now, long generation, SesAccountStatus before, AccountCheck check) {
    SesAccountStatus next = NextAccountStatus.after(now, "default", generation, before, check);
    SesAccount account = new SesAccount();
    account.setMetadata(new ObjectMetaBuilder().withGeneration(generation).build());
    account.setStatus(next);
    StatusRules.check(account);
    return next;
  }

  private static String said(SesAccountStatus status, String type) {
    return status
        .condition(type)
        .map(condition -> condition.status() + "/" + condition.reason())
        .orElse("");
  }

  private static AccountCheck listed(int senders, String requestId) {
    return new AccountCheck.Listed(senders, answer(Optional.empty(), requestId));
  }

  private static AccountCheck notPermitted(String requestId) {
    return new AccountCheck.NotPermitted(
        answer(Optional.of("AuthFailure.UnauthorizedOperation"), requestId));
  }

  private static AccountCheck unusable(Reason reason, String requestId, Duration skew) {
    return new AccountCheck.Unusable(
        reason,
        Optional.of(answer(Optional.of("AuthFailure.SignatureExpire"), requestId)),
        Optional.of(skew));
  }

  private static AccountCheck notAsked() {
    return new AccountCheck.Unusable(
        Reason.ENDPOINT_NOT_ALLOWED, Optional.empty(), Optional.empty());
  }

  private static AccountCheck unanswered(String requestId) {
    return new AccountCheck.Unanswered(
        Reason.SES_UNAVAILABLE, answer(Optional.of("InternalError"), requestId));
  }

  private static Answer answer(Optional<String> code, String requestId) {
    return new Answer(ACTION, code, Optional.of(requestId));
  }
}
