package io.sesoperator.ses;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How often one account may call one action. It never blocks: a caller gets a permit, or is told
 * when to ask again, and keeps its place in the queue meanwhile.
 *
 * <p>Safe for use by many threads.
 */
public final class CallBudget {

  /*
   * There are as many slots as calls allowed in a second. A call holds its slot until one second
   * after its answer came back. As SES counted the call before it answered, it counts the next call
   * of that slot at least one second later: so whatever second it looks at, sliding or fixed, it
   * sees each slot at most once. Calls at a steady pace do not give that, as they bunch on the way.
   *
   * A slot that becomes free belongs to the first in the queue. A caller is granted a slot only if
   * there is one more than there are callers before it, even if those have not come back yet. One
   * that does not come back in time loses its place: its resource was deleted, or has nothing to
   * push any more.
   */

  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** Added to each estimate, so that few callers come a moment too early. */
  private static final Duration SLACK = Duration.ofMillis(5);

  /** How long after its time a caller's place is kept. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SteadyTime time;
  private int slots;
  private final Set<Permit> inFlight = new HashSet<>();

  /** When slots become free whose answer came back, earliest first. */
  private final Deque<Instant> cooling = new ArrayDeque<>();

  /** When each caller without a permit will come back, in the order of their first request. */
  private final LinkedHashMap<Caller, Instant> waiters = new LinkedHashMap<>();

  /** Starts low: who comes too early asks once more, but a slot that waits for a caller is lost. */
  private Duration usualAnswerTime = Duration.ZERO;

  /** A budget with all slots free; it has at least one. */
  public CallBudget(int requestsPerSecond, Clock clock) {
    this.slots = Math.max(1, requestsPerSecond);
    this.time = new SteadyTime(clock);
  }

  /** What a caller gets. */
  public sealed interface Reservation {

    /** The call may be made now. */
    record Granted(Permit permit) implements Reservation {}

    /** Ask again then, in whole milliseconds; the caller's place is kept until a bit later. */
    record Deferred(Instant until) implements Reservation {}
  }

  /** The right to make one call. To be closed as soon as its answer, or its failure, is there. */
  public final class Permit implements AutoCloseable {
    private final Instant granted;

    private Permit(Instant granted) {
      this.granted = granted;
    }

    /** Tells that the answer came back; closing twice does nothing more. */
    @Override
    public void close() {
      answered(this);
    }
  }

  /**
   * Asks for the right to make one call on behalf of a resource. Asking again for a resource that
   * already waits changes nothing but the time it is told.
   */
  public synchronized Reservation reserve(String namespace, String resource) {
    Instant now = settle();
    Caller caller = new Caller(namespace, resource);
    waiters.putIfAbsent(caller, now);
    int turn = turnOf(caller);
    if (turn < freeSlots()) {
      waiters.remove(caller);
      Permit permit = new Permit(now);
      inFlight.add(permit);
      return new Reservation.Granted(permit);
    }
    Instant until = estimate(turn, now);
    waiters.put(caller, until);
    return new Reservation.Deferred(time.onTheWall(until));
  }

  /** Allows another rate from now on; calls in flight are not affected. It is at least one. */
  public synchronized void changeRate(int requestsPerSecond) {
    slots = Math.max(1, requestsPerSecond);
  }

  /** How many callers wait for a slot. */
  public synchronized int waiting() {
    settle();
    return waiters.size();
  }

  /** How many permits are out. */
  public synchronized int inFlight() {
    return inFlight.size();
  }

  private synchronized void answered(Permit permit) {
    if (!inFlight.remove(permit)) {
      return;
    }
    Instant now = settle();
    cooling.addLast(now.plus(WINDOW));
    Duration took = Duration.between(permit.granted, now);
    usualAnswerTime = usualAnswerTime.multipliedBy(7).plus(took).dividedBy(8);
  }

  /** Brings the books up to date. */
  private Instant settle() {
    Instant now = time.now();
    cooling.removeIf(free -> !free.isAfter(now));
    waiters.values().removeIf(until -> now.isAfter(until.plus(PATIENCE)));
    return now;
  }

  private int freeSlots() {
    return slots - inFlight.size() - cooling.size();
  }

  /** How many callers come before this one. The order of the queue is decided here alone. */
  private int turnOf(Caller caller) {
    return new ArrayList<>(waiters.keySet()).indexOf(caller);
  }

  private Instant estimate(int turn, Instant now) {
    Duration cycle = usualAnswerTime.plus(WINDOW).plus(SLACK);
    return slotTimes(now).get(turn % slots).plus(cycle.multipliedBy(turn / slots)).plus(SLACK);
  }

  /** When each slot becomes free, as far as can be told, earliest first. */
  private List<Instant> slotTimes(Instant now) {
    Stream<Instant> free = Stream.generate(() -> now).limit(Math.max(0, freeSlots()));
    Stream<Instant> calling =
        inFlight.stream().map(permit -> expectedAnswer(permit, now).plus(WINDOW));
    // After a cut of the rate there are fewer slots than calls: the first to end free none.
    return Stream.of(free, calling, cooling.stream())
        .flatMap(times -> times)
        .sorted()
        .skip(Math.max(0, -freeSlots()))
        .toList();
  }

  private Instant expectedAnswer(Permit permit, Instant now) {
    Instant usual = permit.granted.plus(usualAnswerTime);
    return usual.isAfter(now) ? usual : now;
  }

  private record Caller(String namespace, String resource) {}

  /** A clock that stands still where the wall clock is set back, so no slot is held for longer. */
  private static final class SteadyTime {
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

    Instant onTheWall(Instant time) {
      return wall.plus(Duration.between(steady, time)).truncatedTo(ChronoUnit.MILLIS);
    }
  }
}
