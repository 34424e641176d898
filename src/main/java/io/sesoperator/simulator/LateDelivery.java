package io.sesoperator.simulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request that is under way for long: its client sees the connection close, and the server gets
 * it later. It is checked as of then, so it may have expired.
 */
public final class LateDelivery {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final AtomicReference<Optional<Runnable>> request =
      new AtomicReference<>(Optional.empty());

  LateDelivery() {}

  /**
   * Waits until the client has sent the request.
   *
   * @throws IllegalStateException if it doesn't in time
   */
  public void awaitArrival(Duration limit) {
    Hold.await(arrived, limit);
  }

  /**
   * Hands it to the server now; when this returns, it has been decided.
   *
   * @throws IllegalStateException if it was not sent yet, or is delivered already
   */
  public void deliver() {
    if (!deliverIfPending()) {
      throw new IllegalStateException("No request is under way");
    }
  }

  boolean deliverIfPending() {
    Optional<Runnable> pending = request.getAndSet(Optional.empty());
    pending.ifPresent(Runnable::run);
    return pending.isPresent();
  }

  void accept(Runnable decision) {
    request.set(Optional.of(decision));
    arrived.countDown();
  }
}
