package io.sesoperator.faults;

import java.time.Duration;
import java.util.Random;

/** The time after which no older request can arrive any more, and what the operator does then. */
final class Settling {

  /** More than the operator's own time. */
  static final Duration TIME = Duration.ofMinutes(7);

  /** A push that settles one doubt may itself find a value that came late. */
  private static final int MOST = 3;

  private final Arena arena;
  private final Runs runs;
  private final Random random;

  Settling(Arena arena, Runs runs, Random random) {
    this.arena = arena;
    this.runs = runs;
    this.random = random;
  }

  /** Lets time pass until nothing is in doubt, by the same operator or another one. */
  void pass() throws Exception {
    for (int i = 0; i < MOST && isInDoubt(); i++) {
      arena.passTime(TIME);
      if (random.nextBoolean()) {
        arena.nudge();
      } else {
        arena.kill(arena.operator());
        arena.start(Weather.of(random), _ -> {});
      }
      runs.awaitSettled();
    }
    arena.passTime(TIME);
  }

  private boolean isInDoubt() {
    return arena.credentials().values().stream()
        .anyMatch(credential -> credential.statusOrNone().nextAttemptTime().isPresent());
  }
}
