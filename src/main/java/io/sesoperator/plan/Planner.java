package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Hold;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Release;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides what to do about one credential. Rules are tried in order; the first that matches
 * decides.
 */
public final class Planner {

  private final Policy policy;
  private final Farewell farewell;
  private final List<Function<Observation, Optional<Plan>>> rules;

  public Planner(Policy policy) {
    this.policy = policy;
    this.farewell = new Farewell(policy);
    this.rules = rules(new Upkeep(policy));
  }

  private List<Function<Observation, Optional<Plan>>> rules(Upkeep upkeep) {
    return List.of(
        this::goingAway,
        this::suspended, // its owner said: leave it alone
        this::heldForNothing,
        this::specUnusable,
        this::accountMissing,
        this::addressNotAllowed, // the same answer whether or not the sender exists
        this::addressOwnedByOther,
        this::accountNotReady,
        this::secretMissing,
        this::secretKeyMissing,
        this::passwordInvalid,
        this::passwordRejected,
        this::changeOnlyPlanned, // mode: Plan; all rules below have an effect
        this::notHeldYet, // before anything is pushed that would have to be revoked
        this::sesUnanswered, // one resource tries for all
        this::attemptNotDue,
        this::prepared, // also after a crash
        this::changeNotDue,
        this::passwordChanged,
        upkeep::lookRequested,
        upkeep::loginDue,
        upkeep::senderMissing,
        upkeep::contended,
        upkeep::drifted,
        upkeep::askDue,
        this::settleDue); // a correction settles as well, and nothing does without a sender;
  }

  /** The next thing to do; never an effect while {@code mode} is {@code Plan}. */
  public Plan plan(Observation seen) {
    return rules.stream()
        .flatMap(rule -> rule.apply(seen).stream())
        .findFirst()
        .orElse(new Nothing(Reason.APPLIED));
  }

  private Optional<Plan> goingAway(Observation seen) {
    return farewell.plan(seen);
  }

  private Optional<Plan> heldForNothing(Observation seen) {
    return when(
        seen.deletion().held() && !seen.spec().revokesOnDeletion(), new Release(Reason.RETAINED));
  }

  private Optional<Plan> notHeldYet(Observation seen) {
    return when(seen.spec().revokesOnDeletion() && !seen.deletion().held(), new Hold());
  }

  private Optional<Plan> suspended(Observation seen) {
    return when(seen.spec().suspend(), new Nothing(Reason.SUSPENDED));
  }

  private Optional<Plan> specUnusable(Observation seen) {
    return when(
        seen.spec().emailAddress().isEmpty() || seen.spec().passwordSecretRef().name().isEmpty(),
        new Stop(Reason.INVALID_SPEC));
  }

  private Optional<Plan> accountMissing(Observation seen) {
    return when(
        seen.account() instanceof AccountFacts.Missing, waitForEvent(Reason.ACCOUNT_NOT_FOUND));
  }

  private Optional<Plan> addressNotAllowed(Observation seen) {
    return when(seen.isForbidden(), new Stop(Reason.NOT_ALLOWED));
  }

  private Optional<Plan> addressOwnedByOther(Observation seen) {
    return when(seen.olderClaim().isPresent(), new Stop(Reason.CONFLICT));
  }

  private Optional<Plan> accountNotReady(Observation seen) {
    return when(seen.isAccess(Access.Refused.class), waitForEvent(Reason.ACCOUNT_NOT_READY));
  }

  private Optional<Plan> secretMissing(Observation seen) {
    return when(
        seen.secret() instanceof SecretFacts.Missing, untilDeadline(seen, Reason.SECRET_NOT_FOUND));
  }

  private Optional<Plan> secretKeyMissing(Observation seen) {
    return when(
        seen.secret() instanceof SecretFacts.KeyMissing,
        untilDeadline(seen, Reason.SECRET_KEY_NOT_FOUND));
  }

  private Optional<Plan> passwordInvalid(Observation seen) {
    return when(
        seen.secret() instanceof SecretFacts.Found(PasswordFacts password)
            && !password.brokenRules().isEmpty(),
        new Stop(Reason.INVALID_PASSWORD));
  }

  private Optional<Plan> passwordRejected(Observation seen) {
    return seen.status()
        .rejected()
        .filter(rejected -> seen.wanted().equals(Optional.of(rejected.digest())))
        .filter(rejected -> rejected.generation() == seen.subject().generation())
        .filter(_ -> !seen.isForced())
        .map(rejected -> Reason.fromWire(rejected.reason()).orElse(Reason.PASSWORD_REJECTED))
        .map(Stop::new);
  }

  private Optional<Plan> sesUnanswered(Observation seen) {
    return when(
        seen.isAccess(Access.Unanswered.class) && !isDone(seen),
        waitForEvent(Reason.SES_UNAVAILABLE));
  }

  /**
   * Back-off binds to one value and one generation: a change of Secret or spec skips it. Who tries
   * for all others does so when it is told to.
   */
  private Optional<Plan> attemptNotDue(Observation seen) {
    return seen.status()
        .condition(Condition.READY)
        .filter(_ -> seen.isPending() && !seen.isAccess(Access.Trial.class))
        .filter(_ -> !seen.isForced())
        .filter(ready -> ready.observedGeneration() == seen.subject().generation())
        .flatMap(ready -> Reason.fromWire(ready.reason()))
        .flatMap(reason -> retryAhead(seen).map(retry -> new Wait(reason, Optional.of(retry))));
  }

  // Another wait, for a Secret say, ends with what it waited for, and the budget itself knows whose
  // turn it is.
  private Optional<NextAttempt> retryAhead(Observation seen) {
    return policy.nextAttempt(seen).filter(next -> next.cause() == Cause.BACKOFF);
  }

  private Optional<Plan> changeOnlyPlanned(Observation seen) {
    return when(
        seen.spec().plansOnly(),
        isApplied(seen) ? new Nothing(Reason.APPLIED) : waitForEvent(Reason.CHANGE_PLANNED));
  }

  private Optional<Plan> prepared(Observation seen) {
    return seen.wanted().filter(_ -> seen.isPending()).map(Push::new);
  }

  private Optional<Plan> changeNotDue(Observation seen) {
    return policy
        .changeAllowedAt(seen.now(), seen.recentChanges())
        .filter(_ -> !isDone(seen))
        .map(time -> new NextAttempt(time, Cause.CHANGE_LIMIT))
        .map(next -> new Wait(Reason.CHANGE_LIMIT, Optional.of(next)));
  }

  private Optional<Plan> passwordChanged(Observation seen) {
    return seen.wanted().filter(_ -> !isDone(seen)).map(Prepare::new);
  }

  /** An older request with another value could have arrived by now, and none can any more. */
  private Optional<Plan> settleDue(Observation seen) {
    return seen.status()
        .unsettled()
        .filter(unsettled -> !unsettled.until().isAfter(seen.now()))
        .filter(_ -> !isSettlePutOff(seen))
        .flatMap(_ -> seen.wanted())
        .map(Push::new);
  }

  private boolean isSettlePutOff(Observation seen) {
    return policy.nextAttempt(seen).filter(next -> next.cause() == Cause.SETTLE).isPresent();
  }

  /** Whether nobody wants anything to be pushed. */
  private boolean isDone(Observation seen) {
    return isApplied(seen) && !seen.isForced();
  }

  /**
   * Whether SES is known to hold the wanted value: it was accepted, nothing was sent since, and
   * nothing sent before the acceptance left doubt about whether the acceptance came first.
   */
  private boolean isApplied(Observation seen) {
    return seen.status().pending().isEmpty()
        && seen.status().applied().filter(applied -> provesWanted(seen, applied)).isPresent();
  }

  private boolean provesWanted(Observation seen, Applied applied) {
    return seen.wanted().equals(Optional.of(applied.digest()))
        && seen.status().unsettled().stream()
            .allMatch(unsettled ->
                !applied.time().isBefore(unsettled.until().minus(policy.settleTime())));
  }

  private Plan untilDeadline(Observation seen, Reason reason) {
    Instant latest = seen.now().plus(policy.missingDeadline());
    boolean stalledAlready =
        seen.status().condition(Condition.STALLED).stream()
            .anyMatch(stalled -> isSame(stalled, reason, seen.subject().generation()));
    Optional<Instant> deadline =
        seen.status()
            .condition(Condition.READY)
            .filter(ready -> isSame(ready, reason, seen.subject().generation()))
            .flatMap(_ -> seen.status().nextAttemptTime())
            .filter(time -> !time.isAfter(latest));
    if (stalledAlready || deadline.filter(time -> !time.isAfter(seen.now())).isPresent()) {
      return new Stop(reason);
    }
    return new Wait(reason, Optional.of(new NextAttempt(deadline.orElse(latest), Cause.DEADLINE)));
  }

  private static boolean isSame(Condition condition, Reason reason, long generation) {
    return condition.reason().equals(reason.wire()) && condition.observedGeneration() == generation;
  }

  private static Wait waitForEvent(Reason reason) {
    return new Wait(reason, Optional.empty());
  }

  static Optional<Plan> when(boolean applies, Plan plan) {
    return applies ? Optional.of(plan) : Optional.empty();
  }
}
