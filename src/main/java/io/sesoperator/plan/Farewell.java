package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Release;
import io.sesoperator.plan.Plan.Revoke;
import io.sesoperator.plan.Plan.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides what to do about a credential that is to be deleted. Whatever happens, it is let go in
 * the end: a namespace must not wait for SES for ever.
 */
final class Farewell {

  private final Policy policy;
  private final List<Function<Observation, Optional<Plan>>> rules =
      List.of(
          this::notHeld, // not our affair
          this::revoked,
          this::nothingToRevoke,
          this::timeIsUp,
          this::accountNotReady,
          this::sesUnanswered,
          this::attemptNotDue);

  Farewell(Policy policy) {
    this.policy = policy;
  }

  /** The next thing to do; absent if nobody wants the resource to go. */
  Optional<Plan> plan(Observation seen) {
    return seen.deletion().requested().isEmpty()
        ? Optional.empty()
        : rules.stream()
            .flatMap(rule -> rule.apply(seen).stream())
            .findFirst()
            .or(() -> Optional.of(new Revoke()));
  }

  private Optional<Plan> notHeld(Observation seen) {
    return Planner.when(!seen.deletion().held(), new Nothing(Reason.DELETING));
  }

  private Optional<Plan> revoked(Observation seen) {
    return Planner.when(
        ready(seen).equals(Optional.of(Reason.REVOKED)), new Release(Reason.REVOKED));
  }

  private Optional<Plan> nothingToRevoke(Observation seen) {
    return Planner.when(
        isNotWanted(seen) || isNotOurs(seen) || isNotSet(seen), new Release(Reason.RETAINED));
  }

  private static boolean isNotWanted(Observation seen) {
    return !seen.spec().revokesOnDeletion() || seen.spec().suspend() || seen.spec().plansOnly();
  }

  /** Another resource manages the address, or the account does not let this one. */
  private static boolean isNotOurs(Observation seen) {
    boolean admitted = seen.account() instanceof AccountFacts.Known known && known.admits();
    return seen.olderClaim().isPresent() || !admitted;
  }

  private static boolean isNotSet(Observation seen) {
    return seen.status().applied().isEmpty() && seen.status().pending().isEmpty();
  }

  /**
   * A request without an answer may still be carried out for a while. Until then the resource
   * stays, as it would meet the password of a resource that is made in its place.
   */
  private Optional<Plan> timeIsUp(Observation seen) {
    return until(seen)
        .filter(end -> !end.isAfter(seen.now()))
        .map(_ ->
            seen.status()
                .unsettled()
                .filter(unsettled -> unsettled.until().isAfter(seen.now()))
                .<Plan>map(unsettled -> waitUntil(Reason.REVOKING, unsettled.until()))
                .orElse(new Release(Reason.REVOKE_FAILED)));
  }

  private Optional<Plan> accountNotReady(Observation seen) {
    return until(seen)
        .filter(_ -> seen.isAccess(Access.Refused.class))
        .map(end -> waitUntil(Reason.ACCOUNT_NOT_READY, end));
  }

  private Optional<Plan> sesUnanswered(Observation seen) {
    return until(seen)
        .filter(_ -> seen.isAccess(Access.Unanswered.class))
        .map(end -> waitUntil(Reason.SES_UNAVAILABLE, end));
  }

  private Optional<Plan> attemptNotDue(Observation seen) {
    return policy
        .nextAttempt(seen)
        .filter(next -> next.cause() == Cause.BACKOFF && !seen.isAccess(Access.Trial.class))
        .map(next -> new Wait(ready(seen).orElse(Reason.REVOKING), Optional.of(next)));
  }

  private Optional<Instant> until(Observation seen) {
    return seen.deletion().requested().map(time -> time.plus(policy.revokeTime()));
  }

  private static Optional<Reason> ready(Observation seen) {
    return seen.status()
        .condition(Condition.READY)
        .flatMap(ready -> Reason.fromWire(ready.reason()));
  }

  private static Plan waitUntil(Reason reason, Instant time) {
    return new Wait(reason, Optional.of(new NextAttempt(time, Cause.DEADLINE)));
  }
}
