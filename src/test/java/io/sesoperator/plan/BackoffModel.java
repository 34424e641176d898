package io.sesoperator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What an outage would be like if each resource tried again by its own back-off alone, and none
 * knew of the others' failures: computed, from the operator's own policy and a budget.
 */
public final class BackoffModel {

  private static final int OUTAGES = 100;
  private static final Instant START = Instant.EPOCH;
  private static final Duration COOLING = Duration.ofSeconds(1);

  private final int size;
  private final int slots;
  private final Duration call;

  /**
   * @param slots how many calls a second the budget allows
   * @param call how long one takes during the outage
   */
  public BackoffModel(int size, int slots, Duration call) {
    this.size = size;
    this.slots = slots;
    this.call = call;
  }

  /**
   * The mean of many outages.
   *
   * @param calls how many are made in the outage
   * @param recovery from its end until the last resource tries
   */
  public record Result(long calls, Duration recovery) {}

  private record Attempt(Instant due, int failures) {}

  public Result run(Duration outage) {
    List<Result> results =
        IntStream.range(0, OUTAGES).mapToObj(seed -> run(outage, new Random(seed))).toList();
    return new Result(
        results.stream().mapToLong(Result::calls).sum() / OUTAGES,
        results.stream()
            .map(Result::recovery)
            .reduce(Duration.ZERO, Duration::plus)
            .dividedBy(OUTAGES));
  }

  private Result run(Duration outage, RandomGenerator random) {
    Policy policy = Policy.standard(random);
    Instant end = START.plus(outage);
    PriorityQueue<Attempt> line = new PriorityQueue<>(Comparator.comparing(Attempt::due));
    PriorityQueue<Instant> free = new PriorityQueue<>();
    IntStream.range(0, size).forEach(_ -> line.add(new Attempt(START, 0)));
    IntStream.range(0, slots).forEach(_ -> free.add(START));
    long calls = 0;
    Instant last = end;
    while (!line.isEmpty()) {
      Attempt attempt = line.remove();
      Instant begin = later(attempt.due(), free.remove());
      if (begin.isBefore(end)) {
        calls++;
        int failures = attempt.failures() + 1;
        line.add(new Attempt(policy.afterFailure(begin.plus(call), failures), failures));
        free.add(begin.plus(call).plus(COOLING));
      } else {
        last = later(last, begin);
        free.add(begin.plus(COOLING));
      }
    }
    return new Result(calls, Duration.between(end, last));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
