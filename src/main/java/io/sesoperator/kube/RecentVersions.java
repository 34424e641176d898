package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The least version that each resource which was written lately has by now. It tells a cache that
 * is behind, for as long as a watch may take to deliver; longer it is not believed, as the versions
 * of a cluster that was restored from a backup start from lower ones.
 *
 * <p>Safe for use by many threads.
 */
final class RecentVersions {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Known(long version, Instant until) {}

  /** By UID, the longest unchanged first. */
  private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

  private final Clock clock;

  RecentVersions(Clock clock) {
    this.clock = clock;
  }

  /** This is what the server has now. */
  void note(HasMetadata stored) {
    note(stored.getMetadata().getUid(), version(stored).orElse(0L));
  }

  /** Whether a newer version is known. */
  synchronized boolean hasNewer(HasMetadata read) {
    return Optional.ofNullable(known.get(read.getMetadata().getUid()))
        .filter(it -> it.until().isAfter(clock.instant()))
        .filter(it -> it.version() > version(read).orElse(Long.MAX_VALUE))
        .isPresent();
  }

  private synchronized void note(String uid, long version) {
    Instant now = clock.instant();
    long before = Optional.ofNullable(known.remove(uid)).map(Known::version).orElse(0L);
    known.put(uid, new Known(Math.max(before, version), now.plus(KEPT)));
    while (!known.firstEntry().getValue().until().isAfter(now)) {
      known.pollFirstEntry();
    }
  }

  // Versions of one kind are numbers that grow, by Kubernetes' promise since 1.35 (KEP-5504) and in
  // fact always; where one is none, nothing is known to be newer.
  private static Optional<Long> version(HasMetadata resource) {
    try {
      return Optional.of(Long.parseLong(resource.getMetadata().getResourceVersion()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
