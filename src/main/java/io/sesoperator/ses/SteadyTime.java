package io.sesoperator.ses;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A clock that stands still where the wall clock is set back, so nothing is held for longer. */
final class SteadyTime {

  private final Clock clock;
  private Instant wall;
  private Instant steady;

  SteadyTime(Clock clock) {
    this.clock = clock;
    this.wall = clock.instant();
    this.steady = wall;
  }

  Instant now() {
    Instant read = clock.instant();
    if (read.isAfter(wall)) {
      steady = steady.plus(Duration.between(wall, read));
    }
    wall = read;
    return steady;
  }

  /** What the wall clock will show at {@code time}, in whole milliseconds. */
  Instant onTheWall(Instant time) {
    return wall.plus(Duration.between(steady, time)).truncatedTo(ChronoUnit.MILLIS);
  }
}
