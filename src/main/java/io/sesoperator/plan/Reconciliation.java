package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Evidence.Listing;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One turn as a value: what was seen, what was decided, what came of it, and the status that
 * follows. Events, metrics and the log line are made from it.
 */
public record Reconciliation(
    Observation seen, Plan plan, Outcome outcome, SmtpCredentialStatus next) {

  /** Whether this turn changed what status says. */
  public boolean changesStatus() {
    return !next.equals(seen.status());
  }

  /**
   * When the resource wants to be looked at again by itself: what status promises, and for the next
   * login or question to SES, unless it is left alone.
   */
  public Optional<Instant> wakeTime() {
    return plan instanceof Plan.Nothing nothing && nothing.leavesStatusAlone()
        ? Optional.empty()
        : Stream.of(next.nextAttemptTime(), nextLogin(), nextAsk())
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder());
  }

  private Optional<Instant> nextLogin() {
    Observation later = seen.with(next);
    return next.applied()
        .filter(_ -> seen.spec().verifies() && next.pending().isEmpty())
        .map(applied -> LoginSchedule.next(later, applied));
  }

  private Optional<Instant> nextAsk() {
    return next.applied()
        .filter(_ -> AskSchedule.applies(seen) && next.pending().isEmpty())
        .map(_ -> AskSchedule.next(seen));
  }

  /** Whether this turn mends what was lost at SES, or found it lost and has mended it. */
  public boolean corrects() {
    return plan instanceof Plan.Correct || foundLost();
  }

  /** Whether SES turned out to hold another value than the one that it had accepted. */
  public boolean foundLost() {
    return plan instanceof Plan.Ask
        && outcome instanceof Outcome.Done(Outcome.Effect effect, _)
        && effect == Outcome.Effect.CHANGED;
  }

  /** What is to be said about this turn for {@code reason}. */
  public String message(Reason reason) {
    return Message.of(reason, seen, next.lastCall());
  }

  /** What the next turn of the same pass sees. */
  public Observation after() {
    Observation later = seen.with(next);
    return switch (plan) {
      case Plan.Hold _ -> later.held(true);
      case Plan.Release _ -> later.held(false);
      case Plan.Ask _ when outcome instanceof Outcome.Done ->
          later.with(later.evidence().askedAt(seen.now()));
      case Plan.Prepare _,
          Plan.Correct _,
          Plan.Push _,
          Plan.Ask _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Revoke _,
          Plan.End _ ->
          learned(later);
    };
  }

  private Observation learned(Observation later) {
    return switch (outcome) {
      case Outcome.LookedUp(Optional<Listing> listing) ->
          later.looked(listing.map(later.evidence()::with).orElse(later.evidence()));
      case Outcome.LoggingIn _ -> later.with(later.evidence().whileLoggingIn());
      case Outcome.NotAttempted _,
          Outcome.Done _,
          Outcome.Refused _,
          Outcome.NotYet _,
          Outcome.AccountTrouble _,
          Outcome.Throttled _,
          Outcome.Ambiguous _,
          Outcome.Superseded _,
          Outcome.Deferred _ ->
          later;
    };
  }

  /** Whether this turn was the last of its pass: nothing is left to do, or not now. */
  public boolean endsPass() {
    return switch (outcome) {
      case Outcome.NotAttempted _ -> plan instanceof Plan.End;
      case Outcome.Done _, Outcome.Refused _, Outcome.LookedUp _, Outcome.LoggingIn _ -> false;
      case Outcome.NotYet _,
          Outcome.AccountTrouble _,
          Outcome.Throttled _,
          Outcome.Ambiguous _,
          Outcome.Superseded _,
          Outcome.Deferred _ ->
          true;
    };
  }
}
