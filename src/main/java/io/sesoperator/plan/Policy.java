package io.sesoperator.plan;

import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.NextAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The limits that decisions keep.
 *
 * @param firstBackoff delay after the first failure, doubled by each further one
 * @param longestBackoff the delay never grows beyond this
 * @param missingDeadline how long a missing Secret counts as "not there yet"
 * @param changeInterval the least time between two changes of one resource
 * @param changesPerHour the most changes of one resource within an hour
 * @param settleTime how long a request may arrive after it was signed: five minutes, and a minute
 *     for clocks (https://www.tencentcloud.com/document/product/1084/39391)
 * @param revokeTime how long a password is tried to be revoked after its resource was deleted
 * @param correctionsPerHour after so many corrections within an hour, somebody else wants another
 *     value
 * @param random spreads the delays
 */
public record Policy(
    Duration firstBackoff,
    Duration longestBackoff,
    Duration missingDeadline,
    Duration changeInterval,
    int changesPerHour,
    Duration settleTime,
    Duration revokeTime,
    int correctionsPerHour,
    RandomGenerator random) {

  private static final Duration HOUR = Duration.ofHours(1);

  // Whoever has mended an account wants to see it within seconds.
  private static final Duration LONGEST_PROBE_DELAY = Duration.ofSeconds(10);

  private static final Duration SHORTEST_PROBE_DELAY = Duration.ofSeconds(1);

  /** The limits of the design, with this source of randomness. */
  public static Policy standard(RandomGenerator random) {
    return new Policy(
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        20,
        Duration.ofMinutes(6),
        Duration.ofMinutes(4),
        3,
        random);
  }

  /**
   * When to try again after {@code failures} failures in a row: full jitter over an exponentially
   * growing window, but never at once.
   */
  Instant afterFailure(Instant now, int failures) {
    int doublings = Math.clamp(failures - 1L, 0, 20);
    long window = Math.min(firstBackoff.toMillis() << doublings, longestBackoff.toMillis());
    long least = firstBackoff.toMillis() / 10;
    return now.plusMillis(random.nextLong(least, window + 1));
  }

  /**
   * When the next change may begin, if that is later than {@code now}. A change that lies ahead was
   * noted by a clock that has been set back since, and does not count.
   */
  Optional<Instant> changeAllowedAt(Instant now, List<Instant> recentChanges) {
    List<Instant> past = recentChanges.stream().filter(time -> !time.isAfter(now)).toList();
    if (past.isEmpty()) {
      return Optional.empty();
    }
    Instant afterInterval = past.getLast().plus(changeInterval);
    Instant afterHour =
        past.size() < changesPerHour
            ? Instant.MIN
            : past.get(past.size() - changesPerHour).plus(HOUR);
    return Optional.of(afterInterval.isAfter(afterHour) ? afterInterval : afterHour)
        .filter(time -> time.isAfter(now));
  }

  /** Whether SES is changed again and again against what we correct. */
  boolean isContended(Instant now, List<Instant> corrections) {
    return corrections.stream().filter(time -> time.isAfter(now.minus(HOUR))).count()
        >= correctionsPerHour;
  }

  /**
   * The attempt that lies ahead by a status. One that is further ahead than any wait was written by
   * a clock that was ahead itself, and is not waited for.
   */
  Optional<NextAttempt> nextAttempt(Observation seen) {
    return seen.nextAttempt()
        .filter(next -> !next.time().isAfter(seen.now().plus(longestWait(next.cause()))));
  }

  private Duration longestWait(Cause cause) {
    return switch (cause) {
      case BACKOFF -> longestBackoff;
      case DEADLINE -> missingDeadline;
      case SETTLE -> settleTime;
      case CHANGE_LIMIT, QUOTA_WAIT -> HOUR;
    };
  }

  /**
   * When an account that has been in trouble for {@code age} is tried again: each time after as
   * long as it has lasted, within bounds.
   */
  public static Duration probeDelay(Duration age) {
    Duration capped = age.compareTo(LONGEST_PROBE_DELAY) < 0 ? age : LONGEST_PROBE_DELAY;
    return capped.compareTo(SHORTEST_PROBE_DELAY) > 0 ? capped : SHORTEST_PROBE_DELAY;
  }
}
