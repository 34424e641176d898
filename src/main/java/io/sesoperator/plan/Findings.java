package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Sender;
import io.sesoperator.api.SmtpCredentialStatus.Verified;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Evidence.Login;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What evidence adds to a status: the sender as it was listed, which value a login proved, and the
 * conditions {@code Verified} and {@code Drifted}. Where nothing is known, as after a restart, what
 * was known before stays. Who may not manage an address is told nothing of its sender.
 */
record Findings(Observation seen, Draft next, Instant now) {

  /** Notes what is to be remembered. */
  static void note(Observation seen, Draft next) {
    if (seen.isForbidden()) {
      next.sender = Optional.empty();
      return;
    }
    next.sender = newSender(seen).or(() -> next.sender).or(() -> knownBefore(seen));
    next.applied
        .filter(applied -> !Proof.isProved(seen.status(), applied))
        .flatMap(applied -> Proof.proving(seen, applied).map(login -> proof(applied, login)))
        .ifPresent(proof -> next.verified = Optional.of(proof));
  }

  /** The conditions that go beside Ready, to the second. */
  static Stream<Condition> conditions(Observation seen, Draft next, Instant now) {
    if (seen.isForbidden()) {
      return Stream.empty();
    }
    Findings findings = new Findings(seen, next, now);
    return Stream.concat(findings.verified().stream(), findings.drifted().stream());
  }

  /** The sender after SES accepted its password. */
  static Sender withPassword(Sender sender) {
    return new Sender(true, Optional.of(true), sender.createdAt());
  }

  private static Optional<Sender> newSender(Observation seen) {
    Optional<Listing> listing =
        seen.status().applied().isEmpty()
            ? seen.evidence().listing()
            : seen.status().applied().flatMap(applied -> Drift.listingSince(applied, seen));
    return listing.map(Findings::sender);
  }

  /** A list that is older than the last acceptance does not show what that changed. */
  private static Optional<Sender> knownBefore(Observation seen) {
    return seen.evidence().listing().map(Findings::sender).map(Findings::withPassword);
  }

  private static Sender sender(Listing listing) {
    return listing
        .sender()
        .map(listed -> new Sender(true, listed.passwordSet(), listed.createdAt()))
        .orElse(new Sender(false, Optional.empty(), Optional.empty()));
  }

  private static Verified proof(Applied applied, Login login) {
    return new Verified(applied.revision(), login.time(), login.host());
  }

  private Optional<Condition> verified() {
    return accepted()
        .filter(_ -> seen.spec().verifies())
        .flatMap(applied ->
            Proof.of(seen, next.finish(), applied)
                .map(reason -> condition(Condition.VERIFIED, holds(reason), reason))
                .or(() -> before(Condition.VERIFIED))
                .or(() -> Optional.of(condition(Condition.VERIFIED, "Unknown", Reason.VERIFYING))));
  }

  private static String holds(Reason proof) {
    return switch (proof) {
      case LOGGED_IN -> "True";
      case LOGIN_REFUSED -> "False";
      default -> "Unknown";
    };
  }

  private Optional<Condition> drifted() {
    return accepted()
        .filter(applied -> !seen.spec().ignoresDrift() && isAsBefore())
        .flatMap(applied ->
            Drift.of(seen)
                .map(reason -> condition(Condition.DRIFTED, "True", reason))
                .or(() ->
                    Drift.isKnown(applied, seen) ? Optional.empty() : before(Condition.DRIFTED)));
  }

  private Optional<Applied> accepted() {
    return next.applied.filter(_ -> next.pending.isEmpty());
  }

  private boolean isAsBefore() {
    return next.applied.equals(seen.status().applied());
  }

  /** As it was, while the same value is accepted. */
  private Optional<Condition> before(String type) {
    return seen.status()
        .condition(type)
        .filter(_ -> isAsBefore())
        .map(it ->
            new Condition(
                type,
                it.status(),
                seen.subject().generation(),
                it.lastTransitionTime(),
                it.reason(),
                it.message()));
  }

  private Condition condition(String type, String status, Reason reason) {
    return new Condition(
        type,
        status,
        seen.subject().generation(),
        now,
        reason.wire(),
        Message.of(reason, seen, next.lastCall));
  }
}
