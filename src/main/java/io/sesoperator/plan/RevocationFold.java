package io.sesoperator.plan;

import static io.sesoperator.plan.Memory.recheck;
import static io.sesoperator.plan.Memory.recordCall;
import static io.sesoperator.plan.Memory.recordFailure;
import static io.sesoperator.plan.Memory.retry;
import static io.sesoperator.plan.Memory.turn;
import static io.sesoperator.plan.Memory.waitFor;
import static io.sesoperator.plan.Memory.waitUntil;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Plan.End;
import java.time.Instant;
import java.util.Optional;

/** Folds a revocation into the status that follows. */
record RevocationFold(Policy policy) {

  End after(Observation seen, Outcome outcome, Draft next) {
    return switch (outcome) {
      case Outcome.Done(_, Answer answer) -> worthless(seen, answer, next);
      // a sender that is gone has no password either
      case Outcome.NotYet(Reason reason, Answer answer) when reason == Reason.SENDER_NOT_FOUND ->
          worthless(seen, answer, next);
      case Outcome.NotYet(Reason reason, Answer answer) -> revokeLater(seen, reason, answer, next);
      case Outcome.Refused(Reason reason, Answer answer) -> revokeLater(seen, reason, answer, next);
      case Outcome.AccountTrouble(Reason reason, Answer answer) ->
          revokeLater(seen, reason, answer, next);
      case Outcome.Throttled(Answer answer) -> revokeLater(seen, Reason.THROTTLED, answer, next);
      case Outcome.Ambiguous(Answer answer) -> {
        next.unsettled = Optional.of(new Unsettled(seen.now().plus(policy.settleTime())));
        yield revokeLater(seen, Reason.SES_UNAVAILABLE, answer, next);
      }
      case Outcome.Superseded _ -> waitUntil(Reason.REVOKING, recheck(seen), next);
      case Outcome.Deferred(Instant until) ->
          waitUntil(Reason.REVOKING, turn(policy, seen, until), next);
      case Outcome.NotAttempted _, Outcome.LookedUp _, Outcome.LoggingIn _ ->
          throw new IllegalArgumentException("A revocation was planned but not carried out");
    };
  }

  /** Nothing of ours is at SES any more, which also holds if this status is restored one day. */
  private static End worthless(Observation seen, Answer answer, Draft next) {
    recordCall(seen, answer, next);
    next.applied = Optional.empty();
    next.pending = Optional.empty();
    next.unsettled = Optional.empty();
    next.failures = 0;
    return waitFor(Reason.REVOKED, next);
  }

  private End revokeLater(Observation seen, Reason reason, Answer answer, Draft next) {
    recordFailure(seen, answer, next);
    return waitUntil(reason, retry(policy, seen, next), next);
  }
}
