package io.sesoperator.controller;

import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * When each resource was last changed in one of two ways, within the last hour: by a new value, or
 * by a correction of drift. Lost at a restart, which only makes the operator a little more
 * generous.
 */
final class RecentChanges {

  private static final Duration KEPT = Duration.ofHours(1);

  private final Map<String, List<Instant>> changes = new ConcurrentHashMap<>();
  private final Predicate<Reconciliation> counts;

  private RecentChanges(Predicate<Reconciliation> counts) {
    this.counts = counts;
  }

  /** Pushes of new values, and those that somebody asked for. */
  static RecentChanges ofValues() {
    return new RecentChanges(turn -> turn.plan() instanceof Plan.Prepare);
  }

  /** Corrections of drift. */
  static RecentChanges ofCorrections() {
    return new RecentChanges(Reconciliation::corrects);
  }

  /** The changes of the resource with this UID, oldest first. */
  List<Instant> of(String uid) {
    return changes.getOrDefault(uid, List.of());
  }

  /**
   * Notes the change that this turn began, if it did: once it is written down, so that a status
   * which could not be written holds nothing up.
   */
  void note(Reconciliation turn) {
    if (counts.test(turn)) {
      record(turn.seen().subject().uid(), turn.seen().now());
    }
  }

  /** Forgets what is older than an hour, of deleted resources too. */
  private void record(String uid, Instant now) {
    changes.merge(
        uid,
        List.of(now),
        (earlier, latest) -> Stream.concat(earlier.stream(), latest.stream()).toList());
    changes.replaceAll(
        (_, times) -> times.stream().filter(time -> time.isAfter(now.minus(KEPT))).toList());
    changes.values().removeIf(List::isEmpty);
  }
}
