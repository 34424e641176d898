package io.sesoperator.faults;

import io.sesoperator.testing.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Finds out at which points of a quiet change a fault can strike. */
final class Points {

  private static final Duration A_WHILE = Duration.ofSeconds(1);
  private static final Duration LONG_AGO = Duration.ofMinutes(7);

  private Points() {}

  /** Both sides of each request, in the order in which the operator makes them. */
  static List<Point> of(ApiServer server, Values values) throws Exception {
    try (Arena arena = Arena.on(server, 1, values)) {
      arena.awaitChecks(arena.start(Weather.fine(), _ -> {}));
      arena.fill();
      quieten(arena);
      List<Step> steps = change(arena, 1);
      List<Step> again = change(arena, 2);
      if (!steps.equals(again)) {
        throw new IllegalStateException("No two changes are alike: " + steps + ", " + again);
      }
      return steps.stream().flatMap(Points::around).toList();
    }
  }

  private static List<Step> change(Arena arena, int value) {
    Sentry sentry = arena.operator().sentry();
    sentry.begin();
    arena.write(0, value);
    arena.awaitDone();
    quieten(arena);
    return sentry.seen();
  }

  /** Until the last Event is published, too. */
  private static void quieten(Arena arena) {
    Arena.awaitLasting(A_WHILE, arena.operator().sentry()::isQuiet);
    arena.passTime(LONG_AGO);
  }

  private static Stream<Point> around(Step step) {
    return Stream.of(Moment.values()).map(moment -> new Point(step.request(), moment));
  }
}
