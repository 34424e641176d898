package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operator would do about one credential now, for people.
 *
 * @param reason absent where it cannot be known
 * @param message what it would do, or what is wrong and who must act
 * @param nextAttempt when it tries again by itself, if it knows
 */
public record Forecast(
    Action action, Optional<Reason> reason, String message, Optional<Instant> nextAttempt) {

  /** What would become of the password at SES. */
  public enum Action {
    /** It would be set, by this resource for the first time. */
    SET,
    /** Another one would be set, or the same once more. */
    CHANGE,
    /** Something is in the way. */
    BLOCKED,
    /** That depends on what could not be seen. */
    UNKNOWN,
    /** Nothing. */
    NONE
  }

  /** Whether somebody who sees only this would call it the same. */
  boolean isLike(Forecast other) {
    return action == other.action && reason.equals(other.reason);
  }
}
