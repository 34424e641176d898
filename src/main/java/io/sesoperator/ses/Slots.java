package io.sesoperator.ses;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many calls a second are made at present: as many as are allowed, and fewer for a while after
 * SES said that they are too many. At least one. Not safe for use by many threads.
 */
final class Slots {

  /** Answers to calls that were under way together count as one. */
  private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

  private static final Duration RECOVERY = Duration.ofSeconds(10);

  private int allowed;
  private int count;
  private Instant nextCut;
  private Instant nextRise;

  Slots(int allowed, Instant now) {
    this.allowed = Math.max(1, allowed);
    this.count = this.allowed;
    this.nextCut = now;
    this.nextRise = now;
  }

  int count() {
    return count;
  }

  /** Allows another number, which holds at once. */
  void change(int newAllowed) {
    int atLeastOne = Math.max(1, newAllowed);
    if (atLeastOne != allowed) {
      allowed = atLeastOne;
      count = allowed;
    }
  }

  void halve(Instant now) {
    if (!now.isBefore(nextCut)) {
      count = Math.max(1, count / 2);
      nextCut = now.plus(BETWEEN_CUTS);
      nextRise = now.plus(RECOVERY);
    }
  }

  /** Takes back, step by step, what {@link #halve} took. */
  void recover(Instant now) {
    while (count < allowed && !now.isBefore(nextRise)) {
      count++;
      nextRise = nextRise.plus(RECOVERY);
    }
  }

  /** When there will be one more; absent if there are as many as allowed. */
  Optional<Instant> nextRecovery() {
    return Optional.of(nextRise).filter(_ -> count < allowed);
  }
}
