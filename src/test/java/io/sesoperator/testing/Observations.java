package io.sesoperator.testing;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.api.SmtpCredentialSpec.AccountRef;
import io.sesoperator.api.SmtpCredentialSpec.SecretKeyRef;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Pending;
import io.sesoperator.api.SmtpCredentialStatus.Rejected;
import io.sesoperator.api.SmtpCredentialStatus.Sender;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.api.SmtpCredentialStatus.Verified;
import io.sesoperator.plan.Evidence;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.Deletion;
import io.sesoperator.plan.Observation.Requests;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.PasswordFacts;
import io.sesoperator.plan.Plan.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds observations that read as a sentence: {@code
 * aCredential().applied("d1").secretHolds("d2").suspended().seen()}. Without more words: a new
 * resource of generation 1, an account that is ready and admits it, a Secret that isn't there.
 */
public final class Observations {

  /** The moment of every observation. */
  public static final Instant NOW = TestClock.START;

  private final Draft status = SmtpCredentialStatus.NONE.draft();
  private String address = "noreply@mail.example.com";
  private SecretKeyRef reference = new SecretKeyRef("smtp", "password");
  private String verification = "Report";
  private String driftPolicy = "Report";
  private String interval = "1h";
  private String deletionPolicy = "Retain";
  private String mode = "Apply";
  private boolean suspended;
  private long generation = 1;
  private AccountFacts account = new AccountFacts.Known(true, new Access.Open());
  private SecretFacts secret = new SecretFacts.Missing();
  private Optional<String> olderClaim = Optional.empty();
  private List<Instant> changes = List.of();
  private Optional<Instant> deletionRequested = Optional.empty();
  private boolean held;
  private Optional<String> reconcileAt = Optional.empty();
  private Optional<String> forceAt = Optional.empty();
  private Optional<Listing> listing = Optional.empty();
  private Optional<Login> login = Optional.empty();
  private boolean loggingIn;
  private Optional<Instant> asked = Optional.empty();
  private Instant since = NOW;
  private List<Instant> corrections = List.of();

  private Observations() {}

  public static Observations aCredential() {
    return new Observations();
  }

  public Observation seen() {
    return new Observation(
        NOW,
        new Subject("shop", "noreply", "uid-1", generation),
        new SmtpCredentialSpec(
            address,
            new AccountRef("default"),
            reference,
            "Reject",
            verification,
            driftPolicy,
            interval,
            mode,
            deletionPolicy,
            suspended),
        status.finish(),
        account,
        secret,
        olderClaim,
        changes,
        new Deletion(deletionRequested, held),
        new Requests(reconcileAt, forceAt, false),
        new Evidence(since, listing, login, loggingIn, asked, corrections));
  }

  // What the spec says

  public Observations suspended() {
    suspended = true;
    return this;
  }

  public Observations plansOnly() {
    mode = "Plan";
    return this;
  }

  public Observations withoutAddress() {
    address = "";
    return this;
  }

  public Observations withAddress(String other) {
    address = other;
    return this;
  }

  public Observations withoutSecretName() {
    reference = new SecretKeyRef("", "password");
    return this;
  }

  public Observations withReference(String name, String key) {
    reference = new SecretKeyRef(name, key);
    return this;
  }

  public Observations requiresVerification() {
    verification = "Required";
    return this;
  }

  public Observations enforces() {
    driftPolicy = "Enforce";
    return this;
  }

  public Observations revokes() {
    deletionPolicy = "Revoke";
    return this;
  }

  /** Somebody asked so long ago that it be deleted. */
  public Observations deleted(Duration ago) {
    deletionRequested = Optional.of(NOW.minus(ago));
    return this;
  }

  /** Our finalizer is on it. */
  public Observations held() {
    held = true;
    return this;
  }

  /** A spec of this generation; said after the conditions, it makes those older. */
  public Observations generation(long number) {
    generation = number;
    return this;
  }

  /** Somebody asks by hand for a look at SES. */
  public Observations lookRequested(String token) {
    reconcileAt = Optional.of(token);
    return this;
  }

  /** Somebody asks by hand for a push. */
  public Observations forced(String token) {
    forceAt = Optional.of(token);
    return this;
  }

  public Observations withoutVerification() {
    verification = "Disabled";
    return this;
  }

  public Observations ignoresDrift() {
    driftPolicy = "Ignore";
    return this;
  }

  /** SES is looked at that often. */
  public Observations every(String time) {
    interval = time;
    return this;
  }

  // What SES was seen to say by itself

  /** SES listed the sender just now, as made so long ago. */
  public Observations listed(boolean passwordSet, Duration madeAgo) {
    ListedSender sender =
        new ListedSender(Optional.of(passwordSet), Optional.of(NOW.minus(madeAgo)));
    listing = Optional.of(new Listing(NOW, Optional.of(sender)));
    return this;
  }

  /** SES listed all senders so long ago, and this was not one of them. */
  public Observations notListed(Duration ago) {
    listing = Optional.of(new Listing(NOW.minus(ago), Optional.empty()));
    return this;
  }

  /** The operator has been running for so long. */
  public Observations running(Duration time) {
    since = NOW.minus(time);
    return this;
  }

  /** A login with the password that was accepted last, which ended so long ago. */
  public Observations loggedIn(LoginVerdict verdict, Duration ago) {
    return loggedInAfter(status.applied.orElseThrow().time(), verdict, ago);
  }

  /** A login with a password that was accepted earlier. */
  public Observations loggedInBefore(LoginVerdict verdict, Duration ago) {
    return loggedInAfter(status.applied.orElseThrow().time().minusSeconds(99), verdict, ago);
  }

  private Observations loggedInAfter(Instant accepted, LoginVerdict verdict, Duration ago) {
    Login next = Login.first(NOW.minus(ago), accepted, verdict, "smtp.example.com");
    login = login.map(before -> before.then(next)).or(() -> Optional.of(next));
    return this;
  }

  /** SES said so long ago that it holds the accepted value. */
  public Observations asked(Duration ago) {
    asked = Optional.of(NOW.minus(ago));
    return this;
  }

  public Observations loggingIn() {
    loggingIn = true;
    return this;
  }

  /** A login proved the first revision. */
  public Observations verified() {
    status.verified = Optional.of(new Verified(1, NOW.minusSeconds(90), "smtp.example.com"));
    return this;
  }

  /** Drift was corrected so long ago, the oldest first. */
  public Observations corrected(Duration... ago) {
    corrections = Stream.of(ago).map(NOW::minus).toList();
    return this;
  }

  // What is around it

  public Observations accountMissing() {
    account = new AccountFacts.Missing();
    return this;
  }

  public Observations notAllowed() {
    account = new AccountFacts.Known(false, new Access.Open());
    return this;
  }

  public Observations accountNotReady() {
    return access(new Access.Refused(Optional.of(Reason.NOT_AUTHORIZED)));
  }

  /** An account that nobody has looked at. */
  public Observations accountUnchecked() {
    return access(new Access.Refused(Optional.empty()));
  }

  public Observations sesUnanswered() {
    return access(new Access.Unanswered());
  }

  /** The one that tries for all others. */
  public Observations inTrial() {
    return access(new Access.Trial());
  }

  private Observations access(Access access) {
    account = new AccountFacts.Known(true, access);
    return this;
  }

  public Observations ownedBy(String other) {
    olderClaim = Optional.of(other);
    return this;
  }

  public Observations secretMissing() {
    secret = new SecretFacts.Missing();
    return this;
  }

  public Observations keyMissing() {
    secret = new SecretFacts.KeyMissing();
    return this;
  }

  public Observations secretHolds(String digest) {
    return secretBreaks(digest);
  }

  public Observations secretBreaks(String digest, String... rules) {
    secret = new SecretFacts.Found(new PasswordFacts(digest, List.of(rules), Optional.empty()));
    return this;
  }

  /** Changes that began so long ago, the oldest first. */
  public Observations changed(Duration... ago) {
    changes = Stream.of(ago).map(NOW::minus).toList();
    return this;
  }

  // What status remembers

  public Observations applied(String digest) {
    return applied(digest, Duration.ofHours(1));
  }

  public Observations applied(String digest, Duration ago) {
    status.applied =
        Optional.of(new Applied(digest, NOW.minus(ago), Optional.of("req-1"), "Changed", 1));
    return this;
  }

  public Observations pending(String digest) {
    status.pending = Optional.of(new Pending(digest, NOW.minusSeconds(1), 0));
    return this;
  }

  public Observations unsettledFor(Duration rest) {
    status.unsettled = Optional.of(new Unsettled(NOW.plus(rest)));
    return this;
  }

  public Observations rejected(String digest, Reason reason, long forGeneration) {
    status.rejected = Optional.of(new Rejected(digest, "Code", reason.wire(), forGeneration));
    return this;
  }

  /** Refused for the first generation, by a reason as it stands in the status. */
  public Observations rejected(String digest, String reason) {
    status.rejected = Optional.of(new Rejected(digest, "Code", reason, 1));
    return this;
  }

  public Observations handledReconcileAt(String token) {
    status.lastHandledReconcileAt = Optional.of(token);
    return this;
  }

  public Observations handledForceAt(String token) {
    status.lastHandledForceAt = Optional.of(token);
    return this;
  }

  /** The sender as status has it, with or without a password. */
  public Observations sender(boolean passwordSet) {
    status.sender =
        Optional.of(new Sender(true, Optional.of(passwordSet), Optional.of(NOW.minusSeconds(90))));
    return this;
  }

  /** As Drifted was when it was last known. */
  public Observations drifted(Reason reason) {
    status.conditions =
        Stream.concat(
                status.conditions.stream(), Stream.of(condition(Condition.DRIFTED, "True", reason)))
            .toList();
    return this;
  }

  public Observations failures(int number) {
    status.failures = number;
    return this;
  }

  public Observations nextAttempt(Duration away, Cause cause) {
    status.nextAttemptTime = Optional.of(NOW.plus(away));
    status.nextReason = Optional.of(cause.wire());
    return this;
  }

  public Observations ready(Reason reason) {
    return says("True", reason, Optional.empty());
  }

  public Observations waitsFor(Reason reason) {
    String ready = reason.kind() == Reason.Kind.FAILURE ? "False" : "Unknown";
    return says(ready, reason, Optional.of(Condition.RECONCILING));
  }

  public Observations stalled(Reason reason) {
    return says("False", reason, Optional.of(Condition.STALLED));
  }

  private Observations says(String ready, Reason reason, Optional<String> abnormal) {
    boolean verdict = !abnormal.equals(Optional.of(Condition.RECONCILING));
    status.observedGeneration = verdict ? generation : status.observedGeneration;
    status.conditions =
        Stream.concat(
                Stream.of(condition(Condition.READY, ready, reason)),
                abnormal.stream().map(type -> condition(type, "True", reason)))
            .toList();
    return this;
  }

  private Condition condition(String type, String value, Reason reason) {
    return new Condition(
        type, value, generation, NOW.minusSeconds(60), reason.wire(), "As it was.");
  }
}
