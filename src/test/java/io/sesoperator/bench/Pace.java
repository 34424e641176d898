package io.sesoperator.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** When a thread may go on: by and by, with one token for each time that it does. */
final class Pace {

  private final long interval;
  private final long credit;
  private final long arrears;
  private long nextToken = System.nanoTime();

  /**
   * @param credit how long before its token's time one may go on
   * @param arrears how far behind its times it may fall and make up for it
   */
  private Pace(Duration interval, Duration credit, Duration arrears) {
    this.interval = interval.toNanos();
    this.credit = credit.toNanos();
    this.arrears = arrears.toNanos();
  }

  /** At least so long from one go to the next. */
  static Pace every(Duration interval) {
    return new Pace(interval, Duration.ZERO, Duration.ZERO);
  }

  /** At times that are fixed in advance; whoever is late goes on at once until it has caught up. */
  static Pace atFixedRate(Duration interval) {
    return new Pace(interval, Duration.ZERO, Duration.ofHours(1));
  }

  /** As often as a full bucket has tokens, and then as one more comes in each interval. */
  static Pace ofBucket(Duration interval, int tokens) {
    return new Pace(interval, interval.multipliedBy(tokens - 1L), Duration.ZERO);
  }

  /** Returns as soon as there is a token, and takes it. */
  void next() {
    pause(Duration.ofNanos(Math.max(0, nextToken - credit - System.nanoTime())));
    nextToken = Math.max(nextToken, System.nanoTime() - arrears) + interval;
  }

  /** Returns when this time has passed. */
  static void pause(Duration time) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), NANOSECONDS, Runnable::run))
        .join();
  }
}
