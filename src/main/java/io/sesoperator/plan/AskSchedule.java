package io.sesoperator.plan;

import io.sesoperator.api.SmtpCredentialStatus.Applied;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * When SES is asked whether it still holds a value, where drift is to be corrected and no login
 * tells: once in each interval, at a time that follows from the resource's UID.
 */
final class AskSchedule {

  private AskSchedule() {}

  /** Whether this resource can learn of a change at SES only by asking. */
  static boolean applies(Observation seen) {
    return seen.spec().enforces() && !seen.spec().verifies();
  }

  /** Whether a time to ask has come since SES last said that it holds the value. */
  static boolean isDue(Observation seen, Applied applied) {
    return Stream.concat(Stream.of(applied.time(), seen.evidence().since()), asked(seen))
        .allMatch(LoginSchedule.latestCheck(seen)::isAfter);
  }

  /** The next time after now. */
  static Instant next(Observation seen) {
    return LoginSchedule.nextCheck(seen);
  }

  private static Stream<Instant> asked(Observation seen) {
    return seen.evidence().asked().stream();
  }
}
