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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Many callers of one budget, in simulated time: each asks, comes back when told to, makes one call
 * that the server counts somewhere on the way, and is done when the answer is there, or asks anew.
 */
final class BudgetSimulation {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** When the server counted each call, in the order of time. */
  final List<Instant> counted = new ArrayList<>();

  /** All calls that were granted, in the order of time. */
  final List<Granted> granted = new ArrayList<>();

  /** How often a caller was sent away. */
  int deferrals;

  private final TestClock clock = new TestClock(START);
  private final TestSchedule schedule = new TestSchedule(clock);
  private final CallBudget budget;
  private final LongSupplier answerMillis;
  private final LongSupplier lateMillis;
  private final Map<Caller, Instant> asking = new HashMap<>();
  private final Set<Caller> restless = new HashSet<>();
  private boolean countsOnArrival = true;
  private Instant lastAnswer = START;

  /**
   * A budget and a server.
   *
   * @param answerMillis how long each call takes
   * @param lateMillis how long a caller needs to come when it is called
   */
  BudgetSimulation(Limit limit, LongSupplier answerMillis, LongSupplier lateMillis) {
    this.budget = new CallBudget(limit, clock, schedule, this::called);
    this.answerMillis = answerMillis;
    this.lateMillis = lateMillis;
  }

  /** A call, and how long its caller had to wait before it could make it. */
  record Granted(Caller caller, Duration waited) {}

  /** Lets this many callers ask at once, and returns how long it takes until all are answered. */
  Duration run(int callers) {
    IntStream.range(0, callers).forEach(number -> askAt(0, new Caller("shop", "" + number)));
    schedule.runAll();
    counted.sort(Comparator.naturalOrder());
    return Duration.between(START, lastAnswer);
  }

  /** Has a caller ask once, so long after the start. */
  void askAt(long millis, Caller caller) {
    schedule.at(START.plusMillis(millis), () -> ask(caller));
  }

  /** Has a caller ask, and again as soon as it has its answer, for ever. */
  void askForEver(Caller caller) {
    restless.add(caller);
    askAt(0, caller);
  }

  /** Lets so much time pass from the start. */
  void runFor(Duration time) {
    schedule.runUntil(START.plus(time));
  }

  /** How many callers wait now. */
  int waiting() {
    return budget.load().waiting();
  }

  /** The calls that were granted to one namespace, in the order of time. */
  List<Granted> grantedTo(String namespace) {
    return granted.stream().filter(call -> call.caller().namespace().equals(namespace)).toList();
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
    schedule.at(clock.instant().plusMillis(lateMillis.getAsLong()), () -> ask(caller));
  }

  private void ask(Caller caller) {
    asking.putIfAbsent(caller, clock.instant());
    switch (budget.reserve(caller, Priority.CHANGE)) {
      case Reservation.Granted(CallBudget.Permit permit) -> {
        granted.add(new Granted(caller, Duration.between(asking.remove(caller), clock.instant())));
        call(caller, permit);
      }
      case Reservation.Deferred _ -> deferrals++;
    }
  }

  private void call(Caller caller, CallBudget.Permit permit) {
    long took = answerMillis.getAsLong();
    // Some calls are counted as soon as they are sent, others only just before they are answered.
    counted.add(clock.instant().plusMillis(countsOnArrival ? 0 : took));
    countsOnArrival = !countsOnArrival;
    schedule.at(clock.instant().plusMillis(took), () -> answered(caller, permit));
  }

  private void answered(Caller caller, CallBudget.Permit permit) {
    permit.close();
    lastAnswer = clock.instant();
    if (restless.contains(caller)) {
      ask(caller);
    }
  }
}
