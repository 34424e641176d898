package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.ses.Breaker.Trouble;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

  private static final String UPDATE = "UpdateEmailSmtpPassWord";
  private static final Caller ONE = new Caller("shop", "one");
  private static final Caller TWO = new Caller("shop", "two");
  private static final Caller THREE = new Caller("bank", "one");
  private static final Answer DENIED = answer("AuthFailure.UnauthorizedOperation");

  private final TestClock clock = new TestClock();
  private int changes;
  private final Breaker breaker = new Breaker(Optional.empty(), clock, () -> changes++);

  @Test
  void opensAtTheFirstRefusalOfTheWholeAccount() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));

    assertThat(breaker.trouble())
        .contains(new Trouble(Reason.NOT_AUTHORIZED, DENIED, TestClock.START));
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void tellsOnceOfATroubleThatStays() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    clock.advance(Duration.ofMinutes(1));
    breaker.learn(TWO, trouble(Reason.NOT_AUTHORIZED));

    assertThat(changes).isEqualTo(1);
    assertThat(breaker.trouble()).map(Trouble::since).contains(TestClock.START);

    breaker.learn(TWO, trouble(Reason.CLOCK_SKEW));

    assertThat(changes).isEqualTo(2);
    assertThat(breaker.trouble()).map(Trouble::reason).contains(Reason.CLOCK_SKEW);
  }

  @Test
  void closesAtAnyAnswerThatConcernsOneCallOnly() {
    List<Outcome> proofs =
        List.of(
            new Outcome.Done(Outcome.Effect.CHANGED, answer("")),
            new Outcome.Refused(Reason.PASSWORD_REJECTED, answer("Invalid")),
            new Outcome.NotYet(Reason.SENDER_NOT_FOUND, answer("NoSuchSender")));
    for (Outcome proof : proofs) {
      breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
      breaker.learn(ONE, proof);
      assertThat(breaker.trouble()).isEmpty();
    }
    assertThat(changes).isEqualTo(2 * proofs.size());
  }

  @Test
  void takesADenialThatConcernsOneCallerAloneForItsOwnAffair() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.learn(TWO, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));

    Outcome again = breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));

    assertThat(again).isEqualTo(new Outcome.NotYet(Reason.NOT_AUTHORIZED, DENIED));
    assertThat(breaker.trouble()).isEmpty();
    assertThat(breaker.learn(ONE, trouble(Reason.CLOCK_SKEW)))
        .isEqualTo(trouble(Reason.CLOCK_SKEW));
    assertThat(breaker.trouble()).isPresent();
  }

  @Test
  void takesTheNextDenialForTheAccountsOnceTheCallerWasAllowed() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.learn(TWO, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));
    breaker.learn(ONE, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));

    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));

    assertThat(breaker.trouble()).isPresent();
  }

  @Test
  void takesTheDenialOfACallerThatTriedAgainAndSucceededForTheAccounts() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.learn(ONE, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));

    assertThat(breaker.trouble()).isPresent();
  }

  @Test
  void forgetsWhoIsGone() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.learn(TWO, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));
    breaker.forget(ONE);

    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));

    assertThat(breaker.trouble()).isPresent();
  }

  @Test
  void learnsNothingFromWhatSaysNothingOfTheAccount() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.learn(ONE, new Outcome.Throttled(answer("RequestLimitExceeded")));
    breaker.learn(
        ONE,
        new Outcome.NotYet(Reason.CREDENTIALS_UNAVAILABLE, answer("ClientError.StsUnavailable")));
    breaker.learn(ONE, new Outcome.Superseded());
    breaker.learn(ONE, new Outcome.Deferred(TestClock.START));

    assertThat(breaker.trouble()).isPresent();
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void takesThreeCallersInARowWithoutAnAnswerForAnOutage() {
    breaker.learn(ONE, unanswered());
    breaker.learn(TWO, new Outcome.NotYet(Reason.SES_UNAVAILABLE, answer("ConnectFailed")));
    assertThat(breaker.trouble()).isEmpty();

    breaker.learn(THREE, unanswered());

    assertThat(breaker.trouble()).get().matches(Trouble::isOutage);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void doesNotTakeTheTroubleOfOneOrTwoForAnOutage() {
    for (int i = 0; i < 10; i++) {
      breaker.learn(ONE, unanswered());
      breaker.learn(TWO, unanswered());
    }
    assertThat(breaker.trouble()).isEmpty();
  }

  @Test
  void startsToCountAnewAfterAnAnswer() {
    breaker.learn(ONE, unanswered());
    breaker.learn(TWO, unanswered());
    breaker.learn(TWO, new Outcome.Done(Outcome.Effect.CHANGED, answer("")));
    breaker.learn(THREE, unanswered());

    assertThat(breaker.trouble()).isEmpty();
    assertThat(changes).isZero();
  }

  @Test
  void keepsATroubleWhoseTrialGetsNoAnswer() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    List.of(ONE, TWO, THREE).forEach(caller -> breaker.learn(caller, unanswered()));

    assertThat(breaker.trouble()).map(Trouble::reason).contains(Reason.NOT_AUTHORIZED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {
        "CREDENTIALS_INVALID",
        "CREDENTIALS_NOT_FOUND",
        "CLOCK_SKEW",
        "ENDPOINT_NOT_ALLOWED"
      })
  void closesWhenAListOfSendersDisprovesTheTrouble(Reason reason) {
    breaker.learn(ONE, trouble(reason));
    breaker.listed();
    assertThat(breaker.trouble()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"NOT_AUTHORIZED", "ACCOUNT_IN_ARREARS"})
  void staysOpenWhereAListOfSendersProvesNothing(Reason reason) {
    breaker.learn(ONE, trouble(reason));
    breaker.listed();
    assertThat(breaker.trouble()).isPresent();
  }

  @Test
  void letsOneCallerAtATimeTry() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.appoint(ONE);
    breaker.appoint(TWO);

    assertThat(breaker.isAppointed(ONE)).isFalse();
    assertThat(breaker.isAppointed(TWO)).isTrue();
  }

  @Test
  void letsACallerTryOnceThoughItMayWaitForItsTurn() {
    breaker.learn(ONE, trouble(Reason.NOT_AUTHORIZED));
    breaker.appoint(ONE);

    breaker.learn(ONE, new Outcome.Deferred(TestClock.START));
    assertThat(breaker.isAppointed(ONE)).isTrue();
    breaker.learn(TWO, unanswered());
    assertThat(breaker.isAppointed(ONE)).isTrue();
    breaker.learn(ONE, unanswered());
    assertThat(breaker.isAppointed(ONE)).isFalse();
  }

  @Test
  void appointsNobodyWhileItIsClosed() {
    breaker.appoint(ONE);
    assertThat(breaker.isAppointed(ONE)).isFalse();
  }

  @Test
  void remembersARefusedPushFromTheStatusOfTheAccount() {
    assertThat(Breaker.remembered(status("False", "NotAuthorized", UPDATE)))
        .contains(
            new Trouble(
                Reason.NOT_AUTHORIZED,
                new Answer(UPDATE, Optional.of("AuthFailure"), Optional.of("req-1")),
                TestClock.START));
    assertThat(Breaker.remembered(status("True", "Available", UPDATE))).isEmpty();
    assertThat(Breaker.remembered(status("False", "NotAuthorized", "ListEmailAddress"))).isEmpty();
    assertThat(Breaker.remembered(status("False", "FromTheFuture", UPDATE))).isEmpty();
    assertThat(Breaker.remembered(SesAccountStatus.NONE)).isEmpty();
  }

  @Test
  void isOpenFromTheStartIfSomethingIsKnownAlready() {
    Trouble known = new Trouble(Reason.NOT_AUTHORIZED, DENIED, TestClock.START);
    Breaker informed = new Breaker(Optional.of(known), clock, () -> changes++);

    assertThat(informed.trouble()).contains(known);
    assertThat(changes).isZero();
  }

  private static SesAccountStatus status(String ready, String reason, String action) {
    Instant since = TestClock.START;
    return new SesAccountStatus(
        1L,
        List.of(new Condition(Condition.READY, ready, 1, since, reason, "As it was.")),
        Optional.empty(),
        Optional.of(since),
        Optional.of(
            new LastCall(
                action, Optional.of("req-1"), Optional.of("AuthFailure"), since.plusSeconds(1))),
        Optional.empty());
  }

  private static Outcome trouble(Reason reason) {
    return new Outcome.AccountTrouble(reason, DENIED);
  }

  private static Outcome unanswered() {
    return new Outcome.Ambiguous(answer("ClientError.Timeout"));
  }

  private static Answer answer(String code) {
    return new Answer(
        UPDATE, Optional.of(code).filter(text -> !text.isEmpty()), Optional.of("req-1"));
  }
}
