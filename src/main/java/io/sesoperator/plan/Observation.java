package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.NextAttempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that a decision about one credential may depend on, at one moment.
 *
 * @param now UTC, to the millisecond
 * @param olderClaim what to call the resource that manages the same address instead, if there is
 *     one
 * @param recentChanges when pushes of new values began within the last hour, oldest first; empty
 *     after a restart
 * @param deletion whether the resource is going, and whether it waits for us
 * @param requests what somebody asks for by hand
 * @param evidence what SES was seen to say by itself
 */
public record Observation(
    Instant now,
    Subject subject,
    SmtpCredentialSpec spec,
    SmtpCredentialStatus status,
    AccountFacts account,
    SecretFacts secret,
    Optional<String> olderClaim,
    List<Instant> recentChanges,
    Deletion deletion,
    Requests requests,
    Evidence evidence) {

  public Observation {
    recentChanges = List.copyOf(recentChanges);
  }

  /** Which resource, and which generation of its spec. */
  public record Subject(String namespace, String name, String uid, long generation) {}

  /**
   * Whether a resource is to be deleted.
   *
   * @param requested when somebody asked for it; absent if nobody did
   * @param held whether our finalizer keeps it until its password is revoked
   */
  public record Deletion(Optional<Instant> requested, boolean held) {}

  /**
   * What the annotations of the resource ask for: any token that is not in status yet (Flux's
   * reconcile API,
   * https://fluxcd.io/flux/components/kustomize/kustomizations/#triggering-a-reconcile).
   *
   * @param reconcileAt {@code reconcile.fluxcd.io/requestedAt}: look at SES now
   * @param forceAt {@code reconcile.fluxcd.io/forceAt}: push now
   * @param looked whether this pass has looked at SES already
   */
  public record Requests(Optional<String> reconcileAt, Optional<String> forceAt, boolean looked) {}

  /** What is known of the account that the spec names. */
  public sealed interface AccountFacts {
    record Missing() implements AccountFacts {}

    /**
     * The account exists.
     *
     * @param admits whether it allows this namespace to manage this address
     */
    record Known(boolean admits, Access access) implements AccountFacts {}
  }

  /** Whether it makes sense to call SES for an account. */
  public sealed interface Access {
    record Open() implements Access {}

    /** Nobody else calls at present: this resource tries whether it is over. */
    record Trial() implements Access {}

    /**
     * The account is refused as a whole, or was not looked at yet.
     *
     * @param why absent if it was not looked at yet
     */
    record Refused(Optional<Reason> why) implements Access {}

    /** SES answers nobody, which says nothing about the account. */
    record Unanswered() implements Access {}
  }

  /** What is known of the Secret entry that the spec names. */
  public sealed interface SecretFacts {
    record Missing() implements SecretFacts {}

    record KeyMissing() implements SecretFacts {}

    /** The password as the spec wants it used: with or without its trailing newline. */
    record Found(PasswordFacts password) implements SecretFacts {}
  }

  /** The digest of the password that SES ought to hold, if there is one. */
  public Optional<String> wanted() {
    return switch (secret) {
      case SecretFacts.Missing _, SecretFacts.KeyMissing _ -> Optional.empty();
      case SecretFacts.Found found -> Optional.of(found.password().digest());
    };
  }

  /** Whether the wanted password is the one that is being pushed. */
  public boolean isPending() {
    return status
        .pending()
        .filter(pending -> wanted().equals(Optional.of(pending.digest())))
        .isPresent();
  }

  /** Whether somebody asks for a push that was not made yet. */
  boolean isForced() {
    return requests.forceAt().isPresent()
        && !requests.forceAt().equals(status.lastHandledForceAt());
  }

  /** Whether somebody asks for a look at SES that was not taken yet. */
  boolean isLookRequested() {
    return !requests.looked()
        && requests.reconcileAt().isPresent()
        && !requests.reconcileAt().equals(status.lastHandledReconcileAt());
  }

  /** Whether the account forbids this namespace to manage this address. */
  boolean isForbidden() {
    return account instanceof AccountFacts.Known known && !known.admits();
  }

  /** Whether calls for its account make sense. */
  boolean isAccess(Class<? extends Access> access) {
    return account instanceof AccountFacts.Known known && access.isInstance(known.access());
  }

  /** The attempt that status promises, while it still lies ahead. */
  public Optional<NextAttempt> nextAttempt() {
    return status
        .nextAttemptTime()
        .filter(time -> time.isAfter(now))
        .flatMap(time ->
            status
                .nextReason()
                .flatMap(Cause::fromWire)
                .map(cause -> new NextAttempt(time, cause)));
  }

  /** The same facts a moment later, after {@code status} was written. */
  public Observation with(SmtpCredentialStatus status) {
    return changed(draft -> draft.status = status);
  }

  /** The same facts, and what SES was seen to say since. */
  Observation with(Evidence newer) {
    return changed(draft -> draft.evidence = newer);
  }

  /** The same facts, and what SES was seen to say when it was asked. */
  Observation looked(Evidence newer) {
    return changed(draft -> {
      draft.requests = new Requests(requests.reconcileAt(), requests.forceAt(), true);
      draft.evidence = newer;
    });
  }

  /** The same facts, after our finalizer was put on or taken off. */
  public Observation held(boolean held) {
    return changed(draft -> draft.deletion = new Deletion(deletion.requested(), held));
  }

  /** The same facts, if this resource were the one to try the account. */
  public Observation inTrial() {
    return switch (account) {
      case AccountFacts.Missing _ -> this;
      case AccountFacts.Known known -> {
        AccountFacts tried = new AccountFacts.Known(known.admits(), new Access.Trial());
        yield changed(draft -> draft.account = tried);
      }
    };
  }

  /** The same facts at another time. */
  public Observation at(Instant time) {
    return changed(draft -> draft.now = time);
  }

  private Observation changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** A copy in the making: what a pass may change of the facts it was given. */
  private static final class Draft {

    private final Observation given;
    private Instant now;
    private SmtpCredentialStatus status;
    private AccountFacts account;
    private Deletion deletion;
    private Requests requests;
    private Evidence evidence;

    Draft(Observation given) {
      this.given = given;
      now = given.now;
      status = given.status;
      account = given.account;
      deletion = given.deletion;
      requests = given.requests;
      evidence = given.evidence;
    }

    Observation finished() {
      return new Observation(
          now,
          given.subject,
          given.spec,
          status,
          account,
          given.secret,
          given.olderClaim,
          given.recentChanges,
          deletion,
          requests,
          evidence);
    }
  }
}
