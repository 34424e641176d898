package io.sesoperator.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when a test moves it. */
public final class TestClock extends Clock {

  /** Where every test's time begins. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now;

  public TestClock() {
    this(START);
  }

  public TestClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  public void set(Instant time) {
    now.set(time);
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
  }

  /** Lets time pass until {@code time}, if that lies ahead. */
  public void advanceTo(Instant time) {
    now.updateAndGet(current -> time.isAfter(current) ? time : current);
  }

  @Override
  public Instant instant() {
    return now.get();
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
