package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What to do next about one credential. */
public sealed interface Plan {

  /** Does something, after which a new plan is made in the same pass. */
  sealed interface Effect extends Plan {}

  /**
   * Ends the pass. The three cases are kstatus' Current, InProgress and Failed, so the conditions
   * follow from them.
   */
  sealed interface End extends Plan {
    Reason reason();
  }

  /**
   * Write down which value is about to be pushed, so that a crash at any later step is recovered by
   * the ordinary rule that says {@link Push}.
   */
  record Prepare(String digest) implements Effect {}

  /**
   * Write down that an accepted value, which SES was found to have lost, is about to be pushed
   * again.
   */
  record Correct(String digest) implements Effect {}

  /** Begin to log in with the password of this digest, to see whether it works. */
  record Verify(String digest) implements Effect {}

  /**
   * Set the accepted value once more where no login tells whether SES still holds it: its answer
   * tells, and it holds the value afterwards.
   */
  record Ask(String digest) implements Effect {}

  /** Ask SES for its senders, because somebody asks for it now. */
  record LookUp() implements Effect {}

  /** Set the password at SES, if the Secret still holds the value with this digest. */
  record Push(String digest) implements Effect {}

  /** Put our finalizer on the resource, so that its password can be revoked when it is deleted. */
  record Hold() implements Effect {}

  /** Set a random password at SES that nobody knows, for the resource is to be deleted. */
  record Revoke() implements Effect {}

  /** Take our finalizer off the resource; {@code reason} says how its password was left. */
  record Release(Reason reason) implements Effect {}

  /** All is as it should be. */
  record Nothing(Reason reason) implements End {

    /** Whether nothing is done and nothing said: it is suspended, or going. */
    boolean leavesStatusAlone() {
      return reason == Reason.SUSPENDED || reason == Reason.DELETING;
    }
  }

  /**
   * Something must happen first; {@code next} tells when to look again if no event comes before.
   */
  record Wait(Reason reason, Optional<NextAttempt> next) implements End {}

  /** Nothing will change until somebody acts. */
  record Stop(Reason reason) implements End {}

  /** When the operator looks again by itself, and why then. */
  record NextAttempt(Instant time, Cause cause) {}

  /** Why the operator looks again at a certain time; written as {@code nextReason}. */
  enum Cause {
    BACKOFF("Backoff"),
    QUOTA_WAIT("QuotaWait"),
    CHANGE_LIMIT("ChangeLimit"),
    DEADLINE("Deadline"),
    SETTLE("Settle");

    private final String wire;

    Cause(String wire) {
      this.wire = wire;
    }

    /** The cause as {@code nextReason} carries it. */
    public String wire() {
      return wire;
    }

    static Optional<Cause> fromWire(String wire) {
      return Stream.of(values()).filter(cause -> cause.wire.equals(wire)).findFirst();
    }
  }
}
