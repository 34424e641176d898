package io.sesoperator.faults;

import io.sesoperator.faults.Change.AfterTheFault;
import io.sesoperator.faults.Change.AtFirst;
import io.sesoperator.faults.Change.AtLast;
import io.sesoperator.faults.Change.BeforeTheFault;
import io.sesoperator.faults.Change.Meanwhile;
import io.sesoperator.faults.Change.StandingStill;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to one credential: how its Secret changes, where the fault strikes, what becomes of
 * the request there. A seed makes it.
 *
 * @param again where a second fault strikes, if there is one
 * @param repeats how often a cut strikes once more when the operator tries again
 */
record Story(Point fault, Fate fate, List<Change> changes, Point again, int repeats) {

  /** What becomes of the request or answer that stands still. */
  enum Fate {
    LOST,
    /** Of an answer, half arrives. */
    HALVED,
    /** The request arrives when nobody expects it any more. */
    LATE
  }

  /** More often than the Kubernetes client tries by itself. */
  private static final int MOST_REPEATS = 4;

  /**
   * Makes one up.
   *
   * @param points where faults can strike, in the order of a quiet change
   * @param former the number of the value that is there at first; -1 if there is none
   */
  static Story of(Random random, List<Point> points, Point fault, int former) {
    return new Story(
        fault,
        fate(random, fault),
        changes(random, points, points.indexOf(fault), former),
        any(random, points),
        random.nextInt(MOST_REPEATS + 1));
  }

  private static Fate fate(Random random, Point point) {
    boolean plain = random.nextBoolean();
    if (plain) {
      return Fate.LOST;
    }
    return switch (point.moment()) {
      case BEFORE -> point.request().startsWith("GET") ? Fate.LOST : Fate.LATE;
      case AFTER -> Fate.HALVED;
    };
  }

  private static List<Change> changes(Random random, List<Point> points, int faultAt, int former) {
    List<Integer> values = new ArrayList<>(List.of(former, otherThan(random, former)));
    List<Change> changes = new ArrayList<>(List.of(new Change(values.getLast(), new AtFirst())));
    int further = random.nextInt(3);
    int earliest = 0;
    for (int i = 0; i < further; i++) {
      int next = next(random, values);
      earliest += random.nextInt(5 - earliest);
      changes.add(new Change(next, time(random, points, faultAt, earliest)));
      values.add(next);
    }
    return List.copyOf(changes);
  }

  private static Change.Time time(Random random, List<Point> points, int faultAt, int number) {
    return switch (number) {
      case 0 -> new BeforeTheFault(points.get(random.nextInt(faultAt + 1)));
      case 1 -> new StandingStill();
      case 2 -> new Meanwhile();
      case 3 -> new AfterTheFault(any(random, points));
      default -> new AtLast();
    };
  }

  /** Another value than the last, half of the time the one before that. */
  private static int next(Random random, List<Integer> values) {
    int beforeLast = values.get(values.size() - 2);
    return beforeLast >= 0 && random.nextBoolean()
        ? beforeLast
        : otherThan(random, values.getLast());
  }

  private static int otherThan(Random random, int value) {
    return value < 0
        ? random.nextInt(Values.COUNT)
        : (value + 1 + random.nextInt(Values.COUNT - 1)) % Values.COUNT;
  }

  private static Point any(Random random, List<Point> points) {
    return points.get(random.nextInt(points.size()));
  }
}
