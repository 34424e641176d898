package io.sesoperator.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The time of day, which a test can move ahead. */
final class WallClock extends Clock {

  private final Clock clock = Clock.systemUTC();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  void advance(Duration duration) {
    ahead.updateAndGet(sum -> sum.plus(duration));
  }

  /** How far it was moved in all. */
  Duration ahead() {
    return ahead.get();
  }

  @Override
  public Instant instant() {
    return clock.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Everything is UTC");
  }
}
