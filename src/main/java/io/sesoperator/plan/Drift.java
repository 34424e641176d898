package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells whether SES has lost a value that it accepted: somebody else changed something there. SES
 * never shows a password, so only what surrounds it can give that away.
 */
final class Drift {

  /** Until a list is sure to show what a push changed. */
  private static final Duration CONSISTENT_AFTER = Duration.ofMinutes(1);

  private Drift() {}

  /** What is wrong; absent if nothing is known to be, or if nothing was ever accepted. */
  static Optional<Reason> of(Observation seen) {
    return seen.status()
        .applied()
        .flatMap(applied ->
            listingSince(applied, seen)
                .flatMap(list -> lost(applied, list))
                .or(() -> refused(applied, seen)));
  }

  private static Optional<Reason> refused(Applied applied, Observation seen) {
    return seen.spec().verifies() && Proof.isLost(seen, seen.status(), applied)
        ? Optional.of(Reason.LOGIN_REFUSED)
        : Optional.empty();
  }

  /** Whether enough was seen since the value was accepted to say that it is still there. */
  static boolean isKnown(Applied applied, Observation seen) {
    return listingSince(applied, seen).isPresent() || Proof.proving(seen, applied).isPresent();
  }

  /** A list that was made after the value was accepted. */
  static Optional<Listing> listingSince(Applied applied, Observation seen) {
    return seen.evidence()
        .listing()
        .filter(listing -> listing.time().isAfter(applied.time().plus(CONSISTENT_AFTER)));
  }

  private static Optional<Reason> lost(Applied applied, Listing listing) {
    return listing
        .sender()
        .map(sender -> lost(applied.time(), sender))
        .orElse(Optional.of(Reason.SENDER_MISSING));
  }

  // SES tells the time of creation in whole seconds.
  private static Optional<Reason> lost(Instant accepted, ListedSender sender) {
    if (sender.createdAt().filter(created -> created.isAfter(accepted)).isPresent()) {
      return Optional.of(Reason.SENDER_RECREATED);
    }
    return sender.passwordSet().filter(set -> !set).map(_ -> Reason.PASSWORD_UNSET);
  }
}
