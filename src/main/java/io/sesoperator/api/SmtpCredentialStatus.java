package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator found, did and remembers about one credential. It is the only memory there is,
 * and losing it is safe: the value is pushed once more and SES answers that it has it already.
 *
 * <p>Made only by {@code plan.NextStatus}, written only by {@code kube.StatusWriter}. All times are
 * UTC.
 *
 * @param observedGeneration the last generation that reached a verdict (Ready or Stalled); -1
 *     before the first
 * @param failures failed attempts in a row
 * @param nextAttemptTime when the operator looks again by itself
 * @param nextReason why it looks again then
 * @param rejected a value that SES refused; not tried again until Secret or spec changes
 * @param sender what ListEmailAddress last said, if it differed from before
 * @param verified which revision was proved by a login
 * @param plan with {@code mode: Plan}, what would be done
 * @param lastHandledReconcileAt echo of {@code reconcile.fluxcd.io/requestedAt}
 * @param lastHandledForceAt echo of {@code reconcile.fluxcd.io/forceAt}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SmtpCredentialStatus(
    Long observedGeneration,
    List<Condition> conditions,
    Optional<Applied> applied,
    Optional<Pending> pending,
    Optional<Unsettled> unsettled,
    Optional<LastCall> lastCall,
    int failures,
    Optional<Instant> nextAttemptTime,
    Optional<String> nextReason,
    Optional<Rejected> rejected,
    Optional<Sender> sender,
    Optional<Verified> verified,
    Optional<PlanVerdict> plan,
    Optional<String> lastHandledReconcileAt,
    Optional<String> lastHandledForceAt) {

  /** The status of a resource that nobody has looked at yet; equal to the schema's default. */
  public static final SmtpCredentialStatus NONE = new Draft().finish();

  public SmtpCredentialStatus {
    observedGeneration = Defaults.value(observedGeneration, -1L);
    conditions = Defaults.list(conditions);
    applied = Defaults.value(applied, Optional.empty());
    pending = Defaults.value(pending, Optional.empty());
    unsettled = Defaults.value(unsettled, Optional.empty());
    lastCall = Defaults.value(lastCall, Optional.empty());
    nextAttemptTime = Defaults.value(nextAttemptTime, Optional.empty());
    nextReason = Defaults.value(nextReason, Optional.empty());
    rejected = Defaults.value(rejected, Optional.empty());
    sender = Defaults.value(sender, Optional.empty());
    verified = Defaults.value(verified, Optional.empty());
    plan = Defaults.value(plan, Optional.empty());
    lastHandledReconcileAt = Defaults.value(lastHandledReconcileAt, Optional.empty());
    lastHandledForceAt = Defaults.value(lastHandledForceAt, Optional.empty());
  }

  /**
   * The last value that SES is known to hold.
   *
   * @param outcome {@code Changed}, or {@code Unchanged} when SES answered that it had the value
   *     already
   * @param revision counts the values that were applied, from 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Applied(
      String digest, Instant time, Optional<String> requestId, String outcome, long revision) {
    public Applied {
      digest = Defaults.text(digest, "");
      time = Defaults.value(time, Instant.EPOCH);
      requestId = Defaults.value(requestId, Optional.empty());
      outcome = Defaults.text(outcome, "");
    }
  }

  /** Written before the call: the value that is being pushed, and may have reached SES already. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pending(String digest, Instant since, int attempts) {
    public Pending {
      digest = Defaults.text(digest, "");
      since = Defaults.value(since, Instant.EPOCH);
    }
  }

  /** An older request of ours may still be carried out until then. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Unsettled(Instant until) {
    public Unsettled {
      until = Defaults.value(until, Instant.EPOCH);
    }
  }

  /**
   * A value that SES refused.
   *
   * @param reason the condition reason that SES's error code stands for
   * @param generation the generation of the spec that it was refused for
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rejected(String digest, String errorCode, String reason, long generation) {
    public Rejected {
      digest = Defaults.text(digest, "");
      errorCode = Defaults.text(errorCode, "");
      reason = Defaults.text(reason, "");
    }
  }

  /** The sender address as ListEmailAddress tells it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Sender(boolean exists, Optional<Boolean> passwordSet, Optional<Instant> createdAt) {
    public Sender {
      passwordSet = Defaults.value(passwordSet, Optional.empty());
      createdAt = Defaults.value(createdAt, Optional.empty());
    }
  }

  /** The revision of {@link Applied} that a login proved, when first, and at which SMTP host. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Verified(long revision, Instant time, String host) {
    public Verified {
      time = Defaults.value(time, Instant.EPOCH);
      host = Defaults.text(host, "");
    }
  }

  /**
   * What {@code mode: Plan} found.
   *
   * @param verdict {@code Change}, {@code NoChange} or {@code Unknown}
   * @param reason the condition reason that goes with it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PlanVerdict(String verdict, String reason) {
    public PlanVerdict {
      verdict = Defaults.text(verdict, "Unknown");
      reason = Defaults.text(reason, "");
    }
  }

  /** The condition of this type, if it is there. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  /** A copy to change. */
  public Draft draft() {
    Draft draft = new Draft();
    draft.observedGeneration = observedGeneration;
    draft.conditions = conditions;
    draft.applied = applied;
    draft.pending = pending;
    draft.unsettled = unsettled;
    draft.lastCall = lastCall;
    draft.failures = failures;
    draft.nextAttemptTime = nextAttemptTime;
    draft.nextReason = nextReason;
    draft.rejected = rejected;
    draft.sender = sender;
    draft.verified = verified;
    draft.plan = plan;
    draft.lastHandledReconcileAt = lastHandledReconcileAt;
    draft.lastHandledForceAt = lastHandledForceAt;
    return draft;
  }

  /**
   * A status while it is being made, by {@code plan.NextStatus} alone ({@code
   * statusIsBuiltOnlyByNextStatusAndWrittenOnlyByStatusWriter}).
   */
  public static final class Draft {
    public long observedGeneration = -1;
    public List<Condition> conditions = List.of();
    public Optional<Applied> applied = Optional.empty();
    public Optional<Pending> pending = Optional.empty();
    public Optional<Unsettled> unsettled = Optional.empty();
    public Optional<LastCall> lastCall = Optional.empty();
    public int failures;
    public Optional<Instant> nextAttemptTime = Optional.empty();
    public Optional<String> nextReason = Optional.empty();
    public Optional<Rejected> rejected = Optional.empty();
    public Optional<Sender> sender = Optional.empty();
    public Optional<Verified> verified = Optional.empty();
    public Optional<PlanVerdict> plan = Optional.empty();
    public Optional<String> lastHandledReconcileAt = Optional.empty();
    public Optional<String> lastHandledForceAt = Optional.empty();

    Draft() {}

    public SmtpCredentialStatus finish() {
      return new SmtpCredentialStatus(
          observedGeneration,
          conditions,
          applied,
          pending,
          unsettled,
          lastCall,
          failures,
          nextAttemptTime,
          nextReason,
          rejected,
          sender,
          verified,
          plan,
          lastHandledReconcileAt,
          lastHandledForceAt);
    }
  }
}
