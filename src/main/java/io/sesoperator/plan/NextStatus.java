package io.sesoperator.plan;

import static io.sesoperator.plan.Memory.recheck;
import static io.sesoperator.plan.Memory.recordCall;
import static io.sesoperator.plan.Memory.recordFailure;
import static io.sesoperator.plan.Memory.retry;
import static io.sesoperator.plan.Memory.schedule;
import static io.sesoperator.plan.Memory.turn;
import static io.sesoperator.plan.Memory.unscheduled;
import static io.sesoperator.plan.Memory.waitFor;
import static io.sesoperator.plan.Memory.waitUntil;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Pending;
import io.sesoperator.api.SmtpCredentialStatus.PlanVerdict;
import io.sesoperator.api.SmtpCredentialStatus.Rejected;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Plan.Ask;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.End;
import io.sesoperator.plan.Plan.Hold;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Release;
import io.sesoperator.plan.Plan.Revoke;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Verify;
import io.sesoperator.plan.Plan.Wait;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Folds one turn into the status that follows: first the memory (what was applied, what is pending,
 * when to try again), then the conditions, which follow from how the turn left things: as an {@link
 * End}. The only maker of status.
 */
public final class NextStatus {

  private final Policy policy;
  private final RevocationFold revocation;

  public NextStatus(Policy policy) {
    this.policy = policy;
    this.revocation = new RevocationFold(policy);
  }

  /**
   * The status after {@code plan} was carried out with {@code outcome}; {@code seen.now()} is the
   * time after that.
   */
  public SmtpCredentialStatus after(Observation seen, Plan plan, Outcome outcome) {
    return switch (plan) {
      case Hold _, Release _, LookUp _, Verify _ -> seen.status();
      case Nothing nothing when nothing.leavesStatusAlone() -> seen.status();
      case Prepare(String digest) ->
          conclude(seen, next -> prepared(seen, digest, applying(seen), outcome, next));
      case Correct(String digest) ->
          conclude(seen, next -> prepared(seen, digest, Reason.CORRECTING_DRIFT, outcome, next));
      case Push push -> conclude(seen, next -> pushed(seen, push, outcome, next));
      case Ask(String digest) -> asked(seen, digest, outcome);
      case Revoke _ -> conclude(seen, next -> revocation.after(seen, outcome, next));
      case End ended -> conclude(seen, next -> ended(seen, ended, next));
    };
  }

  private static SmtpCredentialStatus conclude(Observation seen, Function<Draft, End> fold) {
    Draft next = seen.status().draft();
    next.plan = Optional.empty();
    Findings.note(seen, next);
    return Conditions.conclude(seen, fold.apply(next), next);
  }

  private End prepared(Observation seen, String digest, Reason why, Outcome outcome, Draft next) {
    if (olderRequestMayLand(seen)) {
      next.unsettled = Optional.of(new Unsettled(seen.now().plus(policy.settleTime())));
    }
    next.pending = Optional.of(new Pending(digest, seen.now(), 0));
    next.rejected = Optional.empty();
    next.failures = 0;
    return outcome instanceof Outcome.Deferred(Instant until)
        ? waitUntil(Reason.QUOTA_WAIT, turn(policy, seen, until), next)
        : waitFor(why, next);
  }

  private static Reason applying(Observation seen) {
    return seen.status().applied().isEmpty() ? Reason.PROGRESSING : Reason.APPLYING;
  }

  /**
   * Whether a request with another value may be carried out after the one that is being prepared.
   * An answer settles only its own request: if the operator died in between or an answer was lost,
   * an earlier request for a value that was accepted since may still be on its way.
   */
  private boolean olderRequestMayLand(Observation seen) {
    return seen.status().pending().isPresent()
        || seen.status().unsettled().isPresent()
        || seen.status().applied().stream()
            .anyMatch(applied -> applied.time().plus(policy.settleTime()).isAfter(seen.now()));
  }

  private End pushed(Observation seen, Push push, Outcome outcome, Draft next) {
    if (outcome.wasSent()) {
      next.lastHandledForceAt = seen.requests().forceAt().or(() -> next.lastHandledForceAt);
    }
    return switch (outcome) {
      case Outcome.Done done -> accepted(seen, push.digest(), done, next);
      case Outcome.Refused(Reason reason, Answer answer) ->
          refused(seen, push.digest(), reason, answer, next);
      case Outcome.NotYet(Reason reason, Answer answer) -> failed(seen, reason, answer, next);
      case Outcome.AccountTrouble(Reason reason, Answer answer) ->
          troubled(seen, reason, answer, next);
      case Outcome.Throttled(Answer answer) -> failed(seen, Reason.THROTTLED, answer, next);
      case Outcome.Ambiguous(Answer answer) -> failed(seen, Reason.SES_UNAVAILABLE, answer, next);
      case Outcome.Superseded _ -> postponed(seen, applying(seen), recheck(seen), next);
      case Outcome.Deferred(Instant until) ->
          postponed(seen, Reason.QUOTA_WAIT, turn(policy, seen, until), next);
      case Outcome.NotAttempted _, Outcome.LookedUp _, Outcome.LoggingIn _ ->
          throw new IllegalArgumentException("A push was planned but not carried out");
    };
  }

  /** Nothing is written because SES was asked, only because it held another value. */
  private SmtpCredentialStatus asked(Observation seen, String digest, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done when done.effect() == Outcome.Effect.CHANGED ->
          conclude(seen, next -> accepted(seen, digest, done, next));
      case Outcome.Refused(Reason reason, Answer answer) ->
          conclude(seen, next -> refused(seen, digest, reason, answer, next));
      case Outcome.NotYet _, Outcome.AccountTrouble _, Outcome.Throttled _, Outcome.Ambiguous _ ->
          notAnswered(seen);
      case Outcome.Done _,
          Outcome.Superseded _,
          Outcome.Deferred _,
          Outcome.NotAttempted _,
          Outcome.LookedUp _,
          Outcome.LoggingIn _ ->
          seen.status();
    };
  }

  /** The next interval asks again, but whoever asked by hand is told that it was tried. */
  private static SmtpCredentialStatus notAnswered(Observation seen) {
    Draft next = seen.status().draft();
    answerLook(seen, next);
    return next.finish();
  }

  private End accepted(Observation seen, String digest, Outcome.Done done, Draft next) {
    recordCall(seen, done.answer(), next);
    long revision = seen.status().applied().map(Applied::revision).orElse(0L);
    boolean same =
        seen.status().applied().filter(applied -> applied.digest().equals(digest)).isPresent();
    next.applied =
        Optional.of(
            new Applied(
                digest,
                seen.now(),
                done.answer().requestId(),
                done.effect().wire(),
                same ? revision : revision + 1));
    next.sender = next.sender.map(Findings::withPassword);
    next.verified = next.verified.filter(_ -> done.effect() == Outcome.Effect.UNCHANGED);
    next.pending = Optional.empty();
    next.rejected = Optional.empty();
    next.failures = 0;
    next.unsettled = next.unsettled.filter(unsettled -> unsettled.until().isAfter(seen.now()));
    return settled(seen, next);
  }

  private End refused(Observation seen, String digest, Reason reason, Answer answer, Draft next) {
    recordCall(seen, answer, next);
    next.rejected =
        Optional.of(
            new Rejected(
                digest, answer.errorCode().orElse(""), reason.wire(), seen.subject().generation()));
    next.pending = Optional.empty();
    next.failures = 0;
    return stop(reason, next);
  }

  private End failed(Observation seen, Reason reason, Answer answer, Draft next) {
    if (seen.isAccess(Access.Trial.class)) {
      return troubled(seen, reason, answer, next);
    }
    tried(seen, answer, next);
    return postponed(seen, reason, retry(policy, seen, next), next);
  }

  /** The account decides when somebody tries again, not this resource. */
  private End troubled(Observation seen, Reason reason, Answer answer, Draft next) {
    tried(seen, answer, next);
    return isReassertion(seen)
        ? postponed(seen, reason, retry(policy, seen, next), next)
        : waitFor(reason, next);
  }

  private static void tried(Observation seen, Answer answer, Draft next) {
    recordFailure(seen, answer, next);
    answerLook(seen, next);
  }

  /** A pass that ends has taken the look that somebody asked for, or could not take it. */
  private static void answerLook(Observation seen, Draft next) {
    next.lastHandledReconcileAt =
        seen.requests().reconcileAt().or(() -> next.lastHandledReconcileAt);
  }

  /** A push that only re-asserts an accepted value leaves Ready as it is when it has to wait. */
  private End postponed(Observation seen, Reason reason, NextAttempt attempt, Draft next) {
    if (isReassertion(seen)) {
      schedule(reasserting(attempt), next);
      return holding(seen, next);
    }
    return waitUntil(reason, attempt, next);
  }

  private static NextAttempt reasserting(NextAttempt attempt) {
    return switch (attempt.cause()) {
      case QUOTA_WAIT -> attempt;
      case BACKOFF, CHANGE_LIMIT, DEADLINE, SETTLE -> new NextAttempt(attempt.time(), Cause.SETTLE);
    };
  }

  private End ended(Observation seen, End end, Draft next) {
    next.plan = seen.spec().plansOnly() ? Optional.of(verdict(end)) : Optional.empty();
    answerLook(seen, next);
    return switch (end) {
      case Nothing nothing when seen.spec().plansOnly() -> unscheduled(nothing, next);
      case Nothing _ -> settled(seen, next);
      case Stop(Reason reason) -> stop(reason, next);
      case Wait(Reason reason, Optional<NextAttempt> attempt) ->
          attempt.map(at -> waitUntil(reason, at, next)).orElseGet(() -> waitFor(reason, next));
    };
  }

  private static PlanVerdict verdict(End end) {
    String verdict =
        switch (end) {
          case Nothing _ -> "NoChange";
          case Wait(Reason reason, _) -> reason == Reason.CHANGE_PLANNED ? "Change" : "Unknown";
          case Stop _ -> "Unknown";
        };
    return new PlanVerdict(verdict, end.reason().wire());
  }

  private End settled(Observation seen, Draft next) {
    next.unsettled = next.unsettled.map(unsettled -> bounded(seen, unsettled));
    Optional<NextAttempt> settle = next.unsettled.map(unsettled -> settling(seen, unsettled));
    End end = unscheduled(holding(seen, next), next);
    settle.ifPresent(attempt -> schedule(attempt, next));
    return end;
  }

  /** SES holds the value, which is enough unless it has to be proved. */
  private static End holding(Observation seen, Draft next) {
    return unproved(seen, next)
        .<End>map(reason -> new Wait(reason, Optional.empty()))
        .orElse(new Nothing(Reason.APPLIED));
  }

  /** What a resource still waits for that is ready only when its password is proved. */
  private static Optional<Reason> unproved(Observation seen, Draft next) {
    return next.applied
        .filter(_ -> seen.spec().requiresProof())
        .map(applied -> Proof.of(seen, next.finish(), applied).orElse(Reason.VERIFYING))
        .filter(reason -> reason != Reason.LOGGED_IN);
  }

  /** A doubt that lasts longer than any was noted by a clock that was ahead. */
  private Unsettled bounded(Observation seen, Unsettled unsettled) {
    Instant latest = seen.now().plus(policy.settleTime());
    return unsettled.until().isAfter(latest) ? new Unsettled(latest) : unsettled;
  }

  /** A settle that was put off keeps its later time. */
  private NextAttempt settling(Observation seen, Unsettled unsettled) {
    return policy
        .nextAttempt(seen)
        .filter(next -> next.cause() == Cause.SETTLE && next.time().isAfter(unsettled.until()))
        .orElse(new NextAttempt(unsettled.until(), Cause.SETTLE));
  }

  private static End stop(Reason reason, Draft next) {
    return unscheduled(new Stop(reason), next);
  }

  private static boolean isReassertion(Observation seen) {
    return seen.status().pending().isEmpty();
  }
}
