package io.sesoperator.plan;

import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Pending;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.End;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a status remembers, whatever the turn was about: calls, failures and the next attempt. */
final class Memory {

  /**
   * A superseded push is planned again by the Secret's own event; this is for the case that the
   * event is lost.
   */
  private static final Duration SUPERSEDED_RECHECK = Duration.ofSeconds(1);

  private Memory() {}

  static void recordCall(Observation seen, Answer answer, Draft next) {
    next.lastCall =
        Optional.of(
            new LastCall(answer.action(), answer.requestId(), answer.errorCode(), seen.now()));
  }

  static void recordFailure(Observation seen, Answer answer, Draft next) {
    recordCall(seen, answer, next);
    next.failures = oneMore(seen.status().failures());
    next.pending = seen.status().pending().map(Memory::triedOnceMore);
  }

  private static Pending triedOnceMore(Pending pending) {
    return new Pending(pending.digest(), pending.since(), oneMore(pending.attempts()));
  }

  /** Counts on from whatever stands in a status, which many may write. */
  private static int oneMore(int count) {
    return Math.clamp(count + 1L, 1, Integer.MAX_VALUE);
  }

  static NextAttempt retry(Policy policy, Observation seen, Draft next) {
    return new NextAttempt(policy.afterFailure(seen.now(), next.failures), Cause.BACKOFF);
  }

  /**
   * When the resource's turn in the budget comes, probably. A time that was told before and lies
   * ahead stays, as the budget calls whose turn it is.
   */
  static NextAttempt turn(Policy policy, Observation seen, Instant until) {
    return policy
        .nextAttempt(seen)
        .filter(told -> told.cause() == Cause.QUOTA_WAIT)
        .orElse(new NextAttempt(until, Cause.QUOTA_WAIT));
  }

  static NextAttempt recheck(Observation seen) {
    return new NextAttempt(seen.now().plus(SUPERSEDED_RECHECK), Cause.BACKOFF);
  }

  static End waitFor(Reason reason, Draft next) {
    return unscheduled(new Wait(reason, Optional.empty()), next);
  }

  static End waitUntil(Reason reason, NextAttempt attempt, Draft next) {
    schedule(attempt, next);
    return new Wait(reason, Optional.of(attempt));
  }

  static void schedule(NextAttempt attempt, Draft next) {
    next.nextAttemptTime = Optional.of(attempt.time());
    next.nextReason = Optional.of(attempt.cause().wire());
  }

  static End unscheduled(End end, Draft next) {
    next.nextAttemptTime = Optional.empty();
    next.nextReason = Optional.empty();
    return end;
  }
}
