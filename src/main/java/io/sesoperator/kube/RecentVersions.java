package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The least version that each resource which was written lately has by now. It tells a cache that
 * is behind, for as long as a watch may take to deliver; longer it is not believed, as the versions
 * of a cluster that was restored from a backup start from lower ones.
 *
 * <p>Safe for use by many threads.
 */
final class RecentVersions {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private record Known(long version, long noted) {}

  /** By UID, the longest unchanged first. */
  private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

  private final LongSupplier nanoTime;

  /**
   * One that knows nothing.
   *
   * @param nanoTime is never set, unlike the wall clock: a leap of it would make all be forgotten
   */
  RecentVersions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** This is what the server has now. */
  void note(HasMetadata stored) {
    note(stored.getMetadata().getUid(), version(stored).orElse(0L));
  }

  /** Whether a newer version is known. */
  synchronized boolean hasNewer(HasMetadata read) {
    return Optional.ofNullable(known.get(read.getMetadata().getUid()))
        .filter(it -> !isOld(it))
        .filter(it -> it.version() > version(read).orElse(Long.MAX_VALUE))
        .isPresent();
  }

  private synchronized void note(String uid, long version) {
    long before = Optional.ofNullable(known.remove(uid)).map(Known::version).orElse(0L);
    known.put(uid, new Known(Math.max(before, version), nanoTime.getAsLong()));
    while (isOld(known.firstEntry().getValue())) {
      known.pollFirstEntry();
    }
  }

  private boolean isOld(Known it) {
    return nanoTime.getAsLong() - it.noted() >= KEPT.toNanos();
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
