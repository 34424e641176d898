package io.sesoperator.ses;

import io.sesoperator.ses.CallBudget.Reservation;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * Many callers of one budget, in simulated time: each asks, comes back when told to, makes one call
 * that the server counts somewhere on the way, and is done when the answer is there.
 */
final class BudgetSimulation {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** When the server counted each call, in the order of time. */
  final List<Instant> counted = new ArrayList<>();

  /** Which caller was granted a permit, in the order of time. */
  final List<Integer> granted = new ArrayList<>();

  /** How often a caller was sent away. */
  int deferrals;

  private record Event(Instant time, long order, Runnable action) {}

  private final TestClock clock = new TestClock(START);
  private final CallBudget budget;
  private final LongSupplier answerMillis;
  private final LongSupplier lateMillis;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::time).thenComparing(Event::order));
  private long order;
  private boolean countsOnArrival = true;

  /**
   * A budget and a server.
   *
   * @param answerMillis how long each call takes
   * @param lateMillis how much too late a caller comes back
   */
  BudgetSimulation(int requestsPerSecond, LongSupplier answerMillis, LongSupplier lateMillis) {
    this.budget = new CallBudget(requestsPerSecond, clock);
    this.answerMillis = answerMillis;
    this.lateMillis = lateMillis;
  }

  /** Lets this many callers ask at once, and returns how long it takes until all are answered. */
  Duration run(int callers) {
    for (int i = 0; i < callers; i++) {
      int caller = i;
      at(START, () -> ask(caller));
    }
    while (!events.isEmpty()) {
      Event next = events.remove();
      clock.set(next.time());
      next.action().run();
    }
    counted.sort(Comparator.naturalOrder());
    return Duration.between(START, clock.instant());
  }

  /** The most calls that the server counted in any second, however it lays its seconds. */
  int mostInAnySecond() {
    int most = 0;
    int from = 0;
    for (int to = 0; to < counted.size(); to++) {
      while (!counted.get(to).isBefore(counted.get(from).plusSeconds(1))) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  /** The most calls in one second of the server's clock. */
  long mostInOneClockSecond() {
    return counted.stream()
        .mapToLong(second ->
            counted.stream()
                .filter(other -> other.getEpochSecond() == second.getEpochSecond())
                .count())
        .max()
        .orElse(0);
  }

  private void ask(int caller) {
    switch (budget.reserve("shop", "caller-" + caller)) {
      case Reservation.Granted(CallBudget.Permit permit) -> {
        granted.add(caller);
        call(permit);
      }
      case Reservation.Deferred(Instant until) -> {
        deferrals++;
        at(until.plusMillis(lateMillis.getAsLong()), () -> ask(caller));
      }
    }
  }

  private void call(CallBudget.Permit permit) {
    long took = answerMillis.getAsLong();
    // Some calls are counted as soon as they are sent, others only just before they are answered.
    counted.add(clock.instant().plusMillis(countsOnArrival ? 0 : took));
    countsOnArrival = !countsOnArrival;
    at(clock.instant().plusMillis(took), permit::close);
  }

  private void at(Instant time, Runnable action) {
    events.add(new Event(time, order++, action));
  }
}
