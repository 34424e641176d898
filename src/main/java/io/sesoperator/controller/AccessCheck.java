package io.sesoperator.controller;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.ses.Breaker;
import io.sesoperator.ses.Breaker.Trouble;
import io.sesoperator.ses.CallBudget.Caller;
import java.util.Optional;

/**
 * Tells whether calls for an account make sense: by its status, which says what its last check
 * found, and by its breaker, which knows what pushes have met since.
 */
record AccessCheck(AccountSessions sessions) {

  Access of(SesAccount account, SmtpCredential credential) {
    Breaker breaker = sessions.standing(account).breaker();
    return breaker.isAppointed(caller(credential))
        ? new Access.Trial()
        : ofAllOthers(account.statusOrNone().condition(Condition.READY), breaker.trouble());
  }

  /** What an account's status alone tells, where nothing is known of its breaker. */
  static Access byStatus(SesAccount account) {
    return ofAllOthers(account.statusOrNone().condition(Condition.READY), Optional.empty());
  }

  /** How a resource is called where it waits for its turn. */
  static Caller caller(SmtpCredential credential) {
    return new Caller(credential.getMetadata().getNamespace(), credential.getMetadata().getName());
  }

  private static Access ofAllOthers(Optional<Condition> ready, Optional<Trouble> trouble) {
    if (ready.filter(Condition::holds).isEmpty()) {
      return new Access.Refused(ready.flatMap(condition -> Reason.fromWire(condition.reason())));
    }
    return trouble.map(AccessCheck::during).orElse(new Access.Open());
  }

  private static Access during(Trouble trouble) {
    return trouble.isOutage()
        ? new Access.Unanswered()
        : new Access.Refused(Optional.of(trouble.reason()));
  }
}
