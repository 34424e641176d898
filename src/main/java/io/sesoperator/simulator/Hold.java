package io.sesoperator.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request that the server keeps until told what to do with it. */
public final class Hold {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile boolean dropped;

  Hold() {}

  /**
   * Waits until the request is there.
   *
   * @throws IllegalStateException if it doesn't come in time
   */
  public void awaitArrival(Duration limit) {
    await(arrived, limit);
  }

  /** Whether the request is there, or has been. */
  public boolean hasArrived() {
    return arrived.getCount() == 0;
  }

  /** Lets it go on: it is applied, unless it has been already, and answered. */
  public void release() {
    told.countDown();
  }

  /** Closes its connection without an answer; not applied, unless it has been already. */
  public void drop() {
    dropped = true;
    told.countDown();
  }

  /** Keeps the calling request here. Whether it may go on. */
  boolean keep() {
    arrived.countDown();
    try {
      told.await();
      return !dropped;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void await(CountDownLatch latch, Duration limit) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("No request within " + limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a request", e);
    }
  }
}
