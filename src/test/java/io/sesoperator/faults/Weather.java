package io.sesoperator.faults;

import java.time.Duration;
import java.util.Random;

/** What happens to watch events on their way: they are late, come twice, or the watch breaks. */
interface Weather {

  /** How late the next event is. */
  Duration delay();

  /** What else happens to it. */
  Treatment treatment();

  /** What happens to one event. */
  enum Treatment {
    NOTHING,
    TWICE,
    /** The connection is reset before the event; the client asks for it again. */
    CUT,
    /** The server has forgotten what came before, so that the client must list anew. */
    GONE
  }

  static Weather fine() {
    return late(Duration.ZERO);
  }

  /** Every event is late by this. */
  static Weather late(Duration delay) {
    return new Steady(delay, Treatment.NOTHING);
  }

  /** Anything may happen; watches break in a third of all weathers. */
  static Weather of(Random random) {
    return new Changing(new Random(random.nextLong()), random.nextInt(3) == 0 ? 8 : 0);
  }

  /** The same for every event. */
  record Steady(Duration delay, Treatment treatment) implements Weather {}

  /**
   * Another one for each event.
   *
   * @param breaks at how many events in a hundred a watch breaks
   */
  record Changing(Random random, int breaks) implements Weather {

    private static final int DELAYS = 33;
    private static final int DOUBLES = 15;
    private static final int LONGEST_DELAY_MILLIS = 150;

    @Override
    public Duration delay() {
      return random.nextInt(100) < DELAYS
          ? Duration.ofMillis(random.nextInt(LONGEST_DELAY_MILLIS))
          : Duration.ZERO;
    }

    @Override
    public Treatment treatment() {
      int chance = random.nextInt(100);
      if (chance < breaks) {
        return random.nextBoolean() ? Treatment.CUT : Treatment.GONE;
      }
      return chance < breaks + DOUBLES ? Treatment.TWICE : Treatment.NOTHING;
    }
  }
}
