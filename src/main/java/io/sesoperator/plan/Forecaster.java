package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.plan.Forecast.Action;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Plan.Ask;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.Effect;
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
import java.util.List;
import java.util.Optional;

/** Tells people what the {@link Planner} would have the operator do. */
public final class Forecaster {

  private final Planner planner;

  public Forecaster(Planner planner) {
    this.planner = planner;
  }

  /**
   * What would be done, where not all was seen: only what is the same in every case is known.
   *
   * @param possible every case that what was seen leaves open, at least one
   */
  public Forecast forecast(List<Observation> possible) {
    Forecast first = forecast(possible.getFirst());
    return possible.stream().map(this::forecast).allMatch(first::isLike) ? first : unknown();
  }

  private static Forecast unknown() {
    return new Forecast(
        Action.UNKNOWN,
        Optional.empty(),
        "What would be done depends on what was not seen.",
        Optional.empty());
  }

  private Forecast forecast(Observation seen) {
    return switch (planner.plan(seen)) {
      case Hold _ -> forecast(seen.held(true)); // its finalizer changes nothing at SES
      case Effect effect -> of(effect, seen);
      case End end -> of(end, seen);
    };
  }

  private static Forecast of(Effect effect, Observation seen) {
    return switch (effect) {
      case Prepare _ -> change(seen, whyPrepared(seen));
      case Push _ -> change(seen, whyPushed(seen));
      case Correct _ -> changed(Reason.CORRECTING_DRIFT, whyCorrected(seen));
      case Revoke _ -> changed(Reason.REVOKING, told(Reason.REVOKING, seen));
      case Release(Reason reason) -> none(reason, seen);
      case Hold _, Verify _, Ask _, LookUp _ -> none(Reason.APPLIED, seen);
    };
  }

  private static Forecast of(End end, Observation seen) {
    return switch (end) {
      case Nothing(Reason reason) -> none(reason, seen);
      case Stop(Reason reason) -> blocked(reason, seen, Optional.empty());
      case Wait(Reason reason, Optional<NextAttempt> next) -> waiting(reason, seen, next);
    };
  }

  private static Forecast waiting(Reason reason, Observation seen, Optional<NextAttempt> next) {
    Optional<Instant> time = next.filter(it -> it.cause() != Cause.DEADLINE).map(NextAttempt::time);
    if (reason == Reason.ACCOUNT_NOT_READY && isUnchecked(seen.account())) {
      return new Forecast(Action.UNKNOWN, Optional.of(reason), told(reason, seen), time);
    }
    return switch (reason.kind()) {
      case FAILURE -> blocked(reason, seen, time);
      case SUCCESS, PROGRESS ->
          new Forecast(action(seen), Optional.of(reason), told(reason, seen), time);
    };
  }

  private static boolean isUnchecked(AccountFacts account) {
    return account instanceof AccountFacts.Known(_, Access.Refused(Optional<Reason> why))
        && why.isEmpty();
  }

  private static Forecast blocked(Reason reason, Observation seen, Optional<Instant> next) {
    return new Forecast(Action.BLOCKED, Optional.of(reason), told(reason, seen), next);
  }

  private static Forecast none(Reason reason, Observation seen) {
    return new Forecast(Action.NONE, Optional.of(reason), told(reason, seen), Optional.empty());
  }

  private static Forecast changed(Reason reason, String message) {
    return new Forecast(Action.CHANGE, Optional.of(reason), message, Optional.empty());
  }

  private static Forecast change(Observation seen, String message) {
    Action action = action(seen);
    Reason reason = action == Action.SET ? Reason.PROGRESSING : Reason.APPLYING;
    return new Forecast(action, Optional.of(reason), message, Optional.empty());
  }

  private static Action action(Observation seen) {
    return seen.status().applied().isEmpty() ? Action.SET : Action.CHANGE;
  }

  private static String whyPrepared(Observation seen) {
    return seen.status()
        .applied()
        .map(applied ->
            seen.isForced() ? entry(seen) + " is pushed, as forceAt asks." : since(applied, seen))
        .orElse(entry(seen) + " was never set at SES by this resource.");
  }

  // Digests of two keys cannot be compared, so that every value is pushed once more.
  private static String since(Applied applied, Observation seen) {
    boolean sameKey =
        seen.wanted().map(Forecaster::keyId).equals(Optional.of(keyId(applied.digest())));
    return sameKey
        ? entry(seen) + " changed since " + applied.time() + "."
        : entry(seen)
            + " is pushed once more, as the operator's digest key is another one than at "
            + applied.time()
            + ".";
  }

  private static String keyId(String digest) {
    return digest.substring(0, Math.max(0, digest.indexOf(':')));
  }

  private static String whyPushed(Observation seen) {
    return seen.status()
        .pending()
        .map(pending -> entry(seen) + " is being set since " + pending.since() + ".")
        .orElse(
            entry(seen) + " is sent once more, as an older request could have arrived after it.");
  }

  private static String whyCorrected(Observation seen) {
    return told(Reason.CORRECTING_DRIFT, seen)
        + Drift.of(seen).map(drift -> " (" + drift.wire() + ")").orElse("");
  }

  private static String entry(Observation seen) {
    return "Secret %s, key %s,"
        .formatted(seen.spec().passwordSecretRef().name(), seen.spec().passwordSecretRef().key());
  }

  private static String told(Reason reason, Observation seen) {
    boolean sameTrouble =
        seen.status()
            .condition(Condition.READY)
            .filter(ready -> ready.reason().equals(reason.wire()))
            .isPresent();
    return Message.of(reason, seen, sameTrouble ? seen.status().lastCall() : Optional.empty());
  }
}
