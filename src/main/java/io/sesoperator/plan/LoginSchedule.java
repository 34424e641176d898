package io.sesoperator.plan;

import io.sesoperator.api.SmtpCredentialStatus.Applied;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When logins are made. The times follow from what is known anyway, so none has to be remembered,
 * and a restart neither bunches nor repeats them.
 *
 * <p>SES takes 45 to 135 seconds until a new password works, as seen (docs/decisions/0016). A value
 * that was never proved is tried every few seconds in that time, then every five minutes; one that
 * was, once in each interval, and soon again after a refusal.
 */
final class LoginSchedule {

  /** After that, a password that SES refuses is called refused. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofSeconds(90);

  private LoginSchedule() {}

  /** Whether a login is due that was not made yet. */
  static boolean isDue(Observation seen, Applied applied) {
    Instant last =
        seen.evidence()
            .loginSince(applied)
            .map(Evidence.Login::time)
            .orElse(seen.evidence().since());
    return latest(seen, applied).filter(time -> time.isAfter(last)).isPresent();
  }

  /** The next time after now. */
  static Instant next(Observation seen, Applied applied) {
    Instant now = seen.now();
    return Proof.isProved(seen.status(), applied)
        ? repeats(seen, applied)
            .filter(time -> time.isAfter(now))
            .min(Comparator.naturalOrder())
            .orElse(nextCheck(seen))
        : nextPoll(applied.time(), now);
  }

  private static Optional<Instant> latest(Observation seen, Applied applied) {
    Instant now = seen.now();
    if (!Proof.isProved(seen.status(), applied)) {
      return latestPoll(applied.time(), now);
    }
    Stream<Instant> check =
        Stream.of(latestCheck(seen)).filter(time -> time.isAfter(applied.time()));
    return Stream.concat(check, repeats(seen, applied))
        .filter(time -> !time.isAfter(now))
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> latestPoll(Instant applied, Instant now) {
    Duration age = Duration.between(applied, now);
    if (age.compareTo(FIRST) < 0) {
      return Optional.empty();
    }
    Duration step = age.compareTo(WINDOW) <= 0 ? OFTEN : LATER;
    return Optional.of(applied.plus(step.multipliedBy(age.dividedBy(step))));
  }

  private static Instant nextPoll(Instant applied, Instant now) {
    return latestPoll(applied, now)
        .map(latest -> latest.plus(latest.isBefore(applied.plus(WINDOW)) ? OFTEN : LATER))
        .orElse(applied.plus(FIRST));
  }

  /** Three refusals over three minutes tell drift from a server in trouble. */
  private static Stream<Instant> repeats(Observation seen, Applied applied) {
    return seen
        .evidence()
        .loginSince(applied)
        .filter(login -> login.refusals() > 0)
        .map(login ->
            List.of(
                login.firstRefusal().plus(AGAIN), login.firstRefusal().plus(AGAIN.multipliedBy(2))))
        .orElse(List.of())
        .stream();
  }

  /** The last time of the checks that each interval brings. */
  static Instant latestCheck(Observation seen) {
    Duration interval = Interval.of(seen.spec().interval());
    long sincePhase =
        Math.floorMod(seen.now().toEpochMilli() - phase(seen, interval), interval.toMillis());
    return seen.now().minusMillis(sincePhase);
  }

  static Instant nextCheck(Observation seen) {
    return latestCheck(seen).plus(Interval.of(seen.spec().interval()));
  }

  /** Each resource has its own, so that not all log in at once. */
  private static long phase(Observation seen, Duration interval) {
    return Math.floorMod(seen.subject().uid().hashCode() * 2654435761L, interval.toMillis());
  }
}
