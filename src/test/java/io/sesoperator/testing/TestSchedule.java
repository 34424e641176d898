package io.sesoperator.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Tasks in simulated time: each runs when its time has come, on the thread that lets time pass. */
public final class TestSchedule implements Function<Duration, Executor> {

  private record Task(Instant time, long order, Runnable action) {}

  private final TestClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::time).thenComparing(Task::order));
  private long order;

  public TestSchedule(TestClock clock) {
    this.clock = clock;
  }

  @Override
  public Executor apply(Duration delay) {
    return action -> at(clock.instant().plus(delay), action);
  }

  /** Runs {@code action} when the clock reaches {@code time}. */
  public synchronized void at(Instant time, Runnable action) {
    tasks.add(new Task(time, order++, action));
  }

  /** Lets time pass until {@code end}, and everything happen on the way. */
  public void runUntil(Instant end) {
    while (!tasks.isEmpty() && !tasks.element().time().isAfter(end)) {
      runNext();
    }
    clock.advanceTo(end);
  }

  /** Lets time pass until nothing is left to do. */
  public void runAll() {
    while (!tasks.isEmpty()) {
      runNext();
    }
  }

  private void runNext() {
    Task next = tasks.remove();
    clock.advanceTo(next.time());
    next.action().run();
  }
}
