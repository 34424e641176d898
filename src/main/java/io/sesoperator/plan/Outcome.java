package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Evidence.Listing;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of carrying out a plan. {@code ses.SesErrors} makes it from an error code, by one
 * table.
 */
public sealed interface Outcome {

  /** SES was not asked: the plan ended the pass, or only wrote status. */
  record NotAttempted() implements Outcome {}

  /** SES holds the value now. */
  record Done(Effect effect, Answer answer) implements Outcome {}

  /**
   * SES will never take this value or this request; it was not carried out. Only a change of Secret
   * or spec can help.
   */
  record Refused(Reason reason, Answer answer) implements Outcome {}

  /** SES did not carry it out, and may do so later without anybody changing the resource. */
  record NotYet(Reason reason, Answer answer) implements Outcome {}

  /**
   * SES refuses the whole account: credentials, permission, clock, arrears. It was not carried out.
   */
  record AccountTrouble(Reason reason, Answer answer) implements Outcome {}

  /** Too many requests; it was not carried out. */
  record Throttled(Answer answer) implements Outcome {}

  /**
   * Nobody knows whether it was carried out, or still will be within the five minutes that a
   * signature lives.
   */
  record Ambiguous(Answer answer) implements Outcome {}

  /** The Secret no longer holds the planned value, or another replica leads; nothing was sent. */
  record Superseded() implements Outcome {}

  /** The account's budget has no free slot before {@code until}; nothing was sent. */
  record Deferred(Instant until) implements Outcome {}

  /**
   * SES was asked for its senders.
   *
   * @param listing absent if it did not list them; its account says why
   */
  record LookedUp(Optional<Listing> listing) implements Outcome {}

  /** A login is under way; what it shows is seen later. */
  record LoggingIn() implements Outcome {}

  /** Whether SES was asked to set a password, whatever came of it. */
  default boolean wasSent() {
    return switch (this) {
      case Done _, Refused _, NotYet _, AccountTrouble _, Throttled _, Ambiguous _ -> true;
      case Superseded _, Deferred _, NotAttempted _, LookedUp _, LoggingIn _ -> false;
    };
  }

  /** Whether a success changed anything at SES. */
  enum Effect {
    CHANGED("Changed"),
    /** SES answered {@code OperationDenied.RepeatPassWord}: it holds this very value. */
    UNCHANGED("Unchanged");

    private final String wire;

    Effect(String wire) {
      this.wire = wire;
    }

    /** The effect as {@code status.applied.outcome} carries it. */
    public String wire() {
      return wire;
    }
  }

  /**
   * What SES answered, without any text of its own.
   *
   * @param action the API action, such as {@code UpdateEmailSmtpPassWord}
   * @param errorCode the provider's code, or a {@code ClientError} code of ours when no usable
   *     answer came; absent after a success
   * @param requestId absent when no answer came
   */
  record Answer(String action, Optional<String> errorCode, Optional<String> requestId) {}
}
