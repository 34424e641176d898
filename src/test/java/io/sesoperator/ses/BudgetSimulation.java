package io.sesoperator.ses;

import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Limit;
import io.sesoperator.ses.CallBudget.Priority;
import io.sesoperator.ses.CallBudget.Reservation;
import io.sesoperator.testing.TestClock;
import io.sesoperator.testing.TestSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

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

  private final TestClock clock = new TestClock(START);
  private final TestSchedule schedule = new TestSchedule(clock);
  private final CallBudget budget;
  private final LongSupplier answerMillis;
  private final LongSupplier lateMillis;
  private boolean countsOnArrival = true;
  private Instant lastAnswer = START;

  /**
   * A budget and a server.
   *
   * @param answerMillis how long each call takes
   * @param lateMillis how long a caller needs to come when it is called
   */
  BudgetSimulation(int requestsPerSecond, LongSupplier answerMillis, LongSupplier lateMillis) {
    this.budget =
        new CallBudget(new Limit(requestsPerSecond, false), clock, schedule, this::called);
    this.answerMillis = answerMillis;
    this.lateMillis = lateMillis;
  }

  /** Lets this many callers ask at once, and returns how long it takes until all are answered. */
  Duration run(int callers) {
    IntStream.range(0, callers).forEach(caller -> schedule.at(START, () -> ask(caller)));
    schedule.runAll();
    counted.sort(Comparator.naturalOrder());
    return Duration.between(START, lastAnswer);
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

  private void called(Caller caller) {
    int number = Integer.parseInt(caller.name());
    schedule.at(clock.instant().plusMillis(lateMillis.getAsLong()), () -> ask(number));
  }

  private void ask(int caller) {
    switch (budget.reserve(new Caller("shop", "" + caller), Priority.CHANGE)) {
      case Reservation.Granted(CallBudget.Permit permit) -> {
        granted.add(caller);
        call(permit);
      }
      case Reservation.Deferred _ -> deferrals++;
    }
  }

  private void call(CallBudget.Permit permit) {
    long took = answerMillis.getAsLong();
    // Some calls are counted as soon as they are sent, others only just before they are answered.
    counted.add(clock.instant().plusMillis(countsOnArrival ? 0 : took));
    countsOnArrival = !countsOnArrival;
    schedule.at(
        clock.instant().plusMillis(took),
        () -> {
          permit.close();
          lastAnswer = clock.instant();
        });
  }
}
