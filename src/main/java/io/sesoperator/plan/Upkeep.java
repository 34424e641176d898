package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Plan.Ask;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Verify;
import io.sesoperator.plan.Plan.Wait;
import java.time.Duration;
import java.util.Optional;

/** The rules of the {@link Planner} about a value that SES has accepted: whether it still holds. */
final class Upkeep {

  /** However often somebody asks, SES is not asked again that soon. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Policy policy;

  Upkeep(Policy policy) {
    this.policy = policy;
  }

  Optional<Plan> lookRequested(Observation seen) {
    return Planner.when(seen.isLookRequested() && seen.isAccess(Access.Open.class), new LookUp());
  }

  Optional<Plan> loginDue(Observation seen) {
    return seen.status()
        .applied()
        .filter(_ -> seen.spec().verifies() && !seen.evidence().loggingIn())
        .filter(applied -> LoginSchedule.isDue(seen, applied) || isLoginRequested(seen))
        .map(applied -> new Verify(applied.digest()));
  }

  private static boolean isLoginRequested(Observation seen) {
    return seen.requests().looked()
        && seen.evidence()
            .login()
            .filter(login -> login.time().isAfter(seen.now().minus(FRESH)))
            .isEmpty();
  }

  // Only its owner can make it anew, so there is nothing to push.
  Optional<Plan> senderMissing(Observation seen) {
    return enforcedDrift(seen)
        .filter(Reason.SENDER_MISSING::equals)
        .map(reason -> new Wait(reason, Optional.empty()));
  }

  Optional<Plan> contended(Observation seen) {
    return Planner.when(
        policy.isContended(seen.now(), seen.evidence().corrections())
            && (enforcedDrift(seen).isPresent() || askDue(seen).isPresent()),
        new Stop(Reason.CONTENDED));
  }

  Optional<Plan> drifted(Observation seen) {
    return enforcedDrift(seen).flatMap(_ -> seen.wanted()).map(Correct::new);
  }

  Optional<Plan> askDue(Observation seen) {
    return seen.status()
        .applied()
        .filter(_ -> AskSchedule.applies(seen) && seen.isAccess(Access.Open.class))
        .filter(_ -> seen.status().unsettled().isEmpty()) // what lands late is not drift
        .filter(applied -> AskSchedule.isDue(seen, applied) || isAskRequested(seen))
        .map(applied -> new Ask(applied.digest()));
  }

  private static boolean isAskRequested(Observation seen) {
    return seen.requests().looked()
        && seen.evidence().asked().filter(seen.now().minus(FRESH)::isBefore).isEmpty();
  }

  private static Optional<Reason> enforcedDrift(Observation seen) {
    return Drift.of(seen).filter(_ -> seen.spec().enforces());
  }
}
