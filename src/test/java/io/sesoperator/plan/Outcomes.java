package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What SES, or the operator itself, may say to a push. */
final class Outcomes {

  static final String ACTION = "UpdateEmailSmtpPassWord";
  static final Outcome NOT_ATTEMPTED = new Outcome.NotAttempted();
  static final Outcome SUPERSEDED = new Outcome.Superseded();

  private Outcomes() {}

  static Outcome changed() {
    return new Outcome.Done(
        Effect.CHANGED, new Answer(ACTION, Optional.empty(), Optional.of("req-2")));
  }

  static Outcome unchanged() {
    return new Outcome.Done(Effect.UNCHANGED, answer("OperationDenied.RepeatPassWord"));
  }

  static Outcome refused() {
    return new Outcome.Refused(
        Reason.PASSWORD_REJECTED, answer("InvalidParameterValue.InvalidSmtpPassWord"));
  }

  static Outcome notYet() {
    return new Outcome.NotYet(
        Reason.SENDER_NOT_FOUND, answer("InvalidParameterValue.NoSuchSender"));
  }

  static Outcome accountTrouble() {
    return new Outcome.AccountTrouble(
        Reason.NOT_AUTHORIZED, answer("AuthFailure.UnauthorizedOperation"));
  }

  static Outcome throttled() {
    return new Outcome.Throttled(answer("RequestLimitExceeded"));
  }

  static Outcome ambiguous() {
    return new Outcome.Ambiguous(
        new Answer(ACTION, Optional.of("ClientError.NetworkError"), Optional.empty()));
  }

  static Outcome deferred(Duration wait) {
    return new Outcome.Deferred(Observations.NOW.plus(wait));
  }

  static List<Outcome> ofAPush() {
    return List.of(
        changed(),
        unchanged(),
        refused(),
        notYet(),
        accountTrouble(),
        throttled(),
        ambiguous(),
        SUPERSEDED,
        deferred(Duration.ofSeconds(1)));
  }

  private static Answer answer(String code) {
    return new Answer(ACTION, Optional.of(code), Optional.of("req-2"));
  }
}
