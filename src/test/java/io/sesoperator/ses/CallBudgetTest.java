package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.ses.CallBudget.Permit;
import io.sesoperator.ses.CallBudget.Reservation.Deferred;
import io.sesoperator.ses.CallBudget.Reservation.Granted;
import io.sesoperator.testing.TestClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Timelines: each line says at which millisecond who asks, and what the budget says. */
class CallBudgetTest {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  private final TestClock clock = new TestClock(START);
  private CallBudget budget = new CallBudget(2, clock);
  private final Map<String, Permit> permits = new HashMap<>();

  @Test
  void grantsAsManyCallsAtOnceAsTheRateAllows() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    assertThat(budget.inFlight()).isEqualTo(2);
    assertThat(budget.waiting()).isEqualTo(1);
  }

  @Test
  void freesASlotOneSecondAfterItsAnswer() {
    at(0).granted("a");
    at(0).granted("b");
    at(40).answered("a");
    at(50).deferredUntil("c", 1045);
    at(1039).deferredUntil("c", 1045);
    at(1040).granted("c");
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void holdsTheSlotOfACallInFlightHoweverLongItTakes() {
    at(0).granted("a");
    at(0).granted("b");
    at(60_000).deferred("c");
    at(60_000).answered("b");
    at(60_999).deferred("c");
    at(61_000).granted("c");
  }

  @Test
  void estimatesWhenACallInFlightWillFreeItsSlot() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferredUntil("c", 1005);
    at(0).deferredUntil("d", 1005);
    at(0).deferredUntil("e", 2010);
    at(500).deferredUntil("c", 1505);
  }

  @Test
  void learnsHowLongAnswersTake() {
    budget = new CallBudget(1, clock);
    for (int i = 0; i < 40; i++) {
      at(i * 2000).granted("a" + i);
      at(i * 2000 + 500).answered("a" + i);
    }

    at(80_000).granted("b");
    at(80_000).deferredBetween("c", 81_490, 81_510);
  }

  @Test
  void neverLetsALaterCallerOvertake() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).answered("a");
    at(0).deferredUntil("c", 1005);
    at(1000).deferred("d");
    at(1000).answered("b");
    at(1005).granted("c");
    at(1999).deferred("e");
    at(2000).granted("d");
    at(2000).deferred("e");
  }

  @Test
  void grantsASlotForWhichNobodyWaits() {
    budget = new CallBudget(3, clock);
    at(0).granted("a");
    at(0).granted("b");
    at(0).granted("c");
    at(0).deferred("d");
    at(0).answered("a");
    at(0).answered("b");
    at(1000).granted("e");
    at(1000).granted("d");
  }

  @Test
  void countsAWaiterOnceHoweverOftenItAsks() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    at(10).deferred("c");
    at(20).deferred("c");
    assertThat(budget.waiting()).isEqualTo(1);
  }

  @Test
  void tellsResourcesOfOneNameInTwoNamespacesApart() {
    at(0).granted("a");
    at(0).granted("b");
    budget.reserve("shop", "c");
    budget.reserve("bank", "c");
    assertThat(budget.waiting()).isEqualTo(2);
  }

  @Test
  void forgetsAWaiterThatDoesNotComeBack() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).answered("a");
    at(0).deferredUntil("deleted", 1005);
    at(0).answered("b");
    at(0).deferredUntil("deleted too", 1005);
    at(1005).deferred("c");
    at(4005).deferred("c");
    at(4006).granted("c");
    assertThat(budget.waiting()).isZero();
  }

  @Test
  void freesASlotOnceHoweverOftenItsPermitIsClosed() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).answered("a");
    at(500).answered("a");
    at(1000).granted("c");
    at(1000).deferred("d");
    at(1000).answered("a");
    assertThat(budget.inFlight()).isEqualTo(2);
  }

  @Test
  void getsItsSlotBackFromACallThatThrows() {
    budget = new CallBudget(1, clock);
    try (Permit _ = ((Granted) budget.reserve("shop", "a")).permit()) {
      throw new IllegalStateException("lost");
    } catch (IllegalStateException _) {
      at(1000).granted("b");
    }
  }

  @Test
  void usesAHigherRateAtOnce() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    budget.changeRate(3);
    at(0).granted("c");
    at(0).deferred("d");
  }

  @Test
  void keepsALowerRateAsSoonAsEnoughCallsAreOver() {
    at(0).granted("a");
    at(0).answered("a");
    at(300).granted("b");
    budget.changeRate(1);
    at(300).deferredUntil("c", 1305);
    at(1000).deferred("c");
    at(1000).answered("b");
    at(1999).deferred("c");
    at(2000).granted("c");
    at(2000).deferred("d");
  }

  @Test
  void hasAtLeastOneSlot() {
    budget = new CallBudget(0, clock);
    at(0).granted("a");
    budget.changeRate(-5);
    at(0).answered("a");
    at(1000).granted("b");
  }

  @Test
  void isNotHeldUpByAClockThatIsSetBack() {
    budget = new CallBudget(1, clock);
    at(0).granted("a");
    at(100).answered("a");
    at(100).deferred("b");
    at(-3_600_000).deferredUntil("b", -3_600_000 + 1005);
    at(-3_600_000 + 1000).granted("b");
  }

  @Test
  void grantsNoMoreToManyThreadsThanToOne() {
    budget = new CallBudget(20, clock);
    AtomicInteger granted = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(i ->
              threads.execute(() -> {
                if (budget.reserve("shop", "r" + i) instanceof Granted) {
                  granted.incrementAndGet();
                }
              }));
    }

    assertThat(granted).hasValue(20);
    assertThat(budget.inFlight()).isEqualTo(20);
    assertThat(budget.waiting()).isEqualTo(480);
  }

  private Moment at(long millis) {
    clock.set(START.plusMillis(millis));
    return new Moment();
  }

  /** What happens at one moment. */
  private final class Moment {

    void granted(String resource) {
      permits.put(resource, assertGranted(resource).permit());
    }

    void deferred(String resource) {
      assertThat(untilOf(resource)).isAfter(clock.instant());
    }

    void deferredUntil(String resource, long millis) {
      assertThat(untilOf(resource)).isEqualTo(START.plusMillis(millis));
    }

    void deferredBetween(String resource, long from, long to) {
      assertThat(untilOf(resource)).isBetween(START.plusMillis(from), START.plusMillis(to));
    }

    void answered(String resource) {
      permits.get(resource).close();
    }

    private Granted assertGranted(String resource) {
      CallBudget.Reservation reservation = budget.reserve("shop", resource);
      assertThat(reservation).isInstanceOf(Granted.class);
      return (Granted) reservation;
    }

    private Instant untilOf(String resource) {
      CallBudget.Reservation reservation = budget.reserve("shop", resource);
      assertThat(reservation).isInstanceOf(Deferred.class);
      return ((Deferred) reservation).until();
    }
  }
}
