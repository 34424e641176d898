package io.sesoperator.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A request that stands still until it is told what becomes of it. All credentials can be brought
 * to their points before one strike hits them all.
 */
final class Freeze implements Trap {

  private enum Order {
    GO_ON,
    LOSE,
    HALVE,
    DELIVER_LATER
  }

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch due = new CountDownLatch(1);
  private final CountDownLatch delivered = new CountDownLatch(1);
  private volatile Order order = Order.LOSE;
  private volatile boolean dropped;

  boolean isReached() {
    return reached.getCount() == 0;
  }

  /** Lets it go on as if nothing had happened. */
  void goOn() {
    tell(Order.GO_ON);
  }

  /** Nobody hears of it any more. */
  void lose() {
    tell(Order.LOSE);
  }

  /** If it is an answer, half of it arrives. */
  void halve() {
    tell(Order.HALVE);
  }

  /** The operator sees the connection end, but the network keeps the request for a while. */
  void deliverLater() {
    tell(Order.DELIVER_LATER);
  }

  /** Lets the network deliver what it kept; returns when the server has answered. */
  void deliver() {
    due.countDown();
    if (isLate()) {
      await(delivered);
    }
  }

  /** Forgets what the network kept. */
  void drop() {
    dropped = true;
    lose();
    due.countDown();
  }

  boolean isHalved() {
    return order == Order.HALVE;
  }

  /** Whether the network keeps the request. */
  boolean isLate() {
    return isReached() && order == Order.DELIVER_LATER;
  }

  /** For the one who keeps the request: waits until it is due, and returns whether it ever is. */
  boolean awaitDelivery() {
    if (order != Order.DELIVER_LATER) {
      return false;
    }
    await(due);
    return !dropped;
  }

  void delivered() {
    delivered.countDown();
  }

  @Override
  public void spring() throws Severed {
    reached.countDown();
    await(told);
    if (order != Order.GO_ON) {
      throw new Severed(this);
    }
  }

  private synchronized void tell(Order given) {
    if (told.getCount() > 0) {
      order = given;
      told.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Forgotten for " + LONGEST);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
