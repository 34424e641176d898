package io.sesoperator.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The server's time: the injected clock, moved at will. */
final class ServerClock {

  private final Clock clock;
  private volatile Duration skew = Duration.ZERO;
  private volatile Duration headerSkew = Duration.ZERO;

  ServerClock(Clock clock) {
    this.clock = clock;
  }

  void skew(Duration ahead) {
    skew = ahead;
  }

  void skewHeaderOnly(Duration ahead) {
    headerSkew = ahead;
  }

  /** What the server takes for the time. */
  Instant now() {
    return clock.instant().plus(skew);
  }

  /** What the server says the time is. */
  Instant dateHeader() {
    return now().plus(headerSkew);
  }

  /** The unmoved time, for the call log and the quota. */
  Instant trueTime() {
    return clock.instant();
  }
}
