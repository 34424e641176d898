package io.sesoperator.controller;

import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.ses.Sender;
import io.sesoperator.ses.SenderDirectory;
import io.sesoperator.ses.SenderListing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account's last list of senders: one call serves all resources of the account. Safe for use by
 * many threads.
 */
final class SenderSnapshot {

  /** However many ask for a look, SES is not asked more often than this. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private record Taken(Instant time, Map<String, ListedSender> senders) {}

  private final Clock clock;
  private volatile Optional<Taken> last = Optional.empty();
  private Instant asked = Instant.MIN;

  SenderSnapshot(Clock clock) {
    this.clock = clock;
  }

  /** Asks SES, and keeps what it lists. */
  synchronized SenderListing take(SenderDirectory directory) {
    Instant now = clock.instant();
    asked = now;
    SenderListing listing = directory.list();
    switch (listing) {
      case SenderListing.Listed listed ->
          last = Optional.of(new Taken(now, byAddress(listed.senders())));
      case SenderListing.Unlisted _ -> {}
    }
    return listing;
  }

  /** The same, unless SES was asked only just now; others wait for the answer to the first. */
  synchronized void refresh(SenderDirectory directory) {
    if (asked.isBefore(clock.instant().minus(FRESH))) {
      take(directory);
    }
  }

  /** What the list says about one address; absent if there is no list yet. */
  Optional<Listing> of(String address) {
    return last.map(
        taken -> new Listing(taken.time(), Optional.ofNullable(taken.senders().get(address))));
  }

  private static Map<String, ListedSender> byAddress(List<Sender> senders) {
    Map<String, ListedSender> byAddress = new HashMap<>();
    senders.forEach(sender ->
        byAddress.put(
            sender.address(), new ListedSender(sender.passwordSet(), sender.createdAt())));
    return Map.copyOf(byAddress);
  }
}
