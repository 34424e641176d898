package io.sesoperator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Limit;
import io.sesoperator.ses.CallBudget.Permit;
import io.sesoperator.ses.CallBudget.Priority;
import io.sesoperator.ses.CallBudget.Reservation.Deferred;
import io.sesoperator.ses.CallBudget.Reservation.Granted;
import io.sesoperator.testing.TestClock;
import io.sesoperator.testing.TestSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private final TestSchedule schedule = new TestSchedule(clock);
  private final Map<String, Permit> permits = new HashMap<>();
  private final List<String> called = new ArrayList<>();
  private CallBudget budget = budget(2);

  @Test
  void grantsAsManyCallsAtOnceAsTheRateAllows() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    assertThat(budget.load().inFlight()).isEqualTo(2);
    assertThat(budget.load().waiting()).isEqualTo(1);
  }

  @Test
  void callsTheNextOneSecondAfterAnAnswer() {
    at(0).granted("a");
    at(0).granted("b");
    at(40).answered("a");
    at(50).deferred("c");
    at(1039).called();
    at(1039).deferred("c");
    at(1040).called("c");
    at(1040).granted("c");
    assertThat(budget.load().waiting()).isZero();
  }

  @Test
  void doesNotCallWhoIsGrantedACallAtOnce() {
    at(0).granted("a");
    at(5000).called();
  }

  @Test
  void holdsTheSlotOfACallInFlightHoweverLongItTakes() {
    at(0).granted("a");
    at(0).granted("b");
    at(60_000).deferred("c");
    at(60_000).answered("b");
    at(60_999).called();
    at(61_000).called("c");
    at(61_000).granted("c");
  }

  @Test
  void keepsASlotForWhoWasCalledThoughOthersAskFirst() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    at(0).answered("a");
    at(1000).called("c");
    at(1000).deferred("d");
    at(1001).granted("c");
    at(1500).deferred("d");
  }

  @Test
  void callsThoseWhoWaitInTheirOrder() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    at(0).deferred("d");
    at(0).answered("a");
    at(1000).called("c");
    at(1000).answered("b");
    at(1999).called("c");
    at(2000).called("c", "d");
  }

  @Test
  void grantsASlotForWhichNobodyWaits() {
    budget = budget(3);
    at(0).granted("a");
    at(0).granted("b");
    at(0).granted("c");
    at(0).answered("a");
    at(0).answered("b");
    at(1000).granted("d");
    at(1000).granted("e");
    at(1000).deferred("f");
  }

  @Test
  void countsAWaiterOnceHoweverOftenItAsks() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("c");
    at(10).deferred("c");
    at(20).deferred("c");
    assertThat(budget.load().waiting()).isEqualTo(1);
  }

  @Test
  void tellsResourcesOfOneNameInTwoNamespacesApart() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferred("shop/c");
    at(0).deferred("bank/c");
    assertThat(budget.load().waiting()).isEqualTo(2);
  }

  @Test
  void passesTheTurnOfACallerThatDoesNotComeToTheNext() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).answered("a");
    at(0).deferred("deleted");
    at(0).deferred("c");
    at(1000).called("deleted");
    at(2999).called("deleted");
    at(3000).called("deleted", "c");
    at(3000).granted("c");
    assertThat(budget.load().waiting()).isZero();
  }

  @Test
  void passesTheTurnOnAtOnceWhenItIsGivenBack() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).answered("a");
    at(0).deferred("c");
    at(0).deferred("d");
    at(0).deferred("e");
    at(500).withdrawn("d");
    at(1000).called("c");
    at(1001).withdrawn("c");
    at(1001).called("c", "e");
  }

  @Test
  void keepsASlotForACallerThatTookAPlaceBeforeItCalls() {
    at(0).granted("a");
    at(0).placed("b");
    at(1).deferred("c");
    at(10).granted("b");
  }

  @Test
  void letsACallerThatTookAPlaceWaitInTheQueue() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).placedLater("c");
    at(0).answered("a");
    at(1000).called("c");
    at(1000).granted("c");
  }

  @Test
  void tellsWhenATurnComesAtTheLatestIfAnswersAreQuick() {
    at(0).granted("a");
    at(0).granted("b");
    at(0).deferredUntil("c", 1250);
    at(0).deferredUntil("d", 1250);
    at(0).deferredUntil("e", 2500);
    at(500).deferredUntil("c", 1750);
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
    assertThat(budget.load().inFlight()).isEqualTo(2);
  }

  @Test
  void getsItsSlotBackFromACallThatThrows() {
    budget = budget(1);
    try (Permit _ = ((Granted) budget.reserve(caller("a"), Priority.CHANGE)).permit()) {
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
    budget.change(new Limit(3, false));
    at(0).called("c");
    at(0).granted("c");
    at(0).deferred("d");
  }

  @Test
  void keepsALowerRateAsSoonAsEnoughCallsAreOver() {
    at(0).granted("a");
    at(0).answered("a");
    at(300).granted("b");
    budget.change(new Limit(1, false));
    at(300).deferred("c");
    at(1000).called();
    at(1000).answered("b");
    at(1999).called();
    at(2000).granted("c");
    at(2000).deferred("d");
  }

  @Test
  void hasAtLeastOneSlot() {
    budget = budget(0);
    at(0).granted("a");
    budget.change(new Limit(-5, true));
    at(0).answered("a");
    at(1000).granted("b");
  }

  @Test
  void halvesItsRateOnceForAllThrottledCallsOfASecondAndRecoversStepByStep() {
    budget = budget(20);
    budget.throttled();
    budget.throttled();
    at(999);
    budget.throttled();
    assertThat(budget.load().slots()).isEqualTo(10);
    at(1000);
    budget.throttled();
    assertThat(budget.load().slots()).isEqualTo(5);
    at(10_999);
    assertThat(budget.load().slots()).isEqualTo(5);
    at(11_000);
    assertThat(budget.load().slots()).isEqualTo(6);
    at(150_999);
    assertThat(budget.load().slots()).isEqualTo(19);
    at(1_000_000);
    assertThat(budget.load().slots()).isEqualTo(20);
  }

  @Test
  void callsNobodyWhileMoreCallsAreUnderWayThanTheHalvedRateAllows() {
    budget = budget(4);
    at(0).granted("a");
    at(0).granted("b");
    at(0).granted("c");
    at(0).granted("d");
    budget.throttled();
    at(0).deferred("e");
    at(0).answered("a");
    at(100).answered("b");
    at(200).answered("c");
    at(1100).called();
    at(1200).called("e");
  }

  @Test
  void callsTheNextWhenItsRateRecovers() {
    budget = budget(2);
    at(0).granted("a");
    budget.throttled();
    at(0).deferred("b");
    at(9_999).called();
    at(10_000).called("b");
  }

  @Test
  void servesNamespacesInTurnWhateverTheLengthOfTheirLines() {
    budget = budget(1);
    at(0).granted("noise/0");
    IntStream.range(1, 6).forEach(i -> at(0).deferred("noise/" + i));
    at(0).deferred("quiet/1");
    at(0).deferred("quiet/2");
    at(0).deferred("third/1");

    assertThat(served("noise/0", 8))
        .containsExactly(
            "noise/1", "quiet/1", "third/1", "noise/2", "quiet/2", "noise/3", "noise/4", "noise/5");
  }

  @Test
  void letsChecksWaitForChangesButNotForEver() {
    budget = budget(1);
    at(0).granted("0");
    at(0).deferredCheck("check-1");
    at(0).deferredCheck("check-2");
    IntStream.range(1, 12).forEach(i -> at(0).deferred("" + i));

    assertThat(served("0", 13))
        .containsExactly(
            "1", "2", "3", "4", "5", "6", "7", "8", "check-1", "9", "10", "11", "check-2");
  }

  @Test
  void movesACheckThatBecomesAChangeBeforeTheChecks() {
    budget = budget(1);
    at(0).granted("0");
    at(0).deferredCheck("a");
    at(0).deferredCheck("b");
    at(0).deferred("b");

    assertThat(served("0", 2)).containsExactly("b", "a");
  }

  @Test
  void keepsTheLastSlotOfASharedAccountForANamespaceThatUsesNone() {
    budget = budget(new Limit(3, true));
    at(0).granted("noise/1");
    at(0).granted("noise/2");
    at(0).deferred("noise/3");
    at(1).granted("quiet/1");
    at(2).deferred("quiet/2");
    assertThat(budget.load().inFlight()).isEqualTo(3);
  }

  @Test
  void keepsNoSlotForChecksNorWhereThereIsOnlyOne() {
    budget = budget(new Limit(2, true));
    at(0).granted("noise/1");
    at(0).deferredCheck("quiet/1");
    budget.change(new Limit(1, true));
    at(0).answered("noise/1");
    at(1000).called("quiet/1");
  }

  @Test
  void fillsTheKeptSlotAgainBeforeAnybodyElseIsServed() {
    budget = budget(new Limit(2, true));
    at(0).granted("noise/1");
    at(0).granted("quiet/1");
    at(0).deferred("noise/2");
    at(0).answered("noise/1");
    at(500).answered("quiet/1");
    at(1000).called("noise/2");
    at(1000).granted("noise/2");
    at(1000).deferred("noise/3");
    at(1500).called("noise/2");
    at(1501).granted("quiet/2");
  }

  @Test
  void tellsHowBusyItIs() {
    at(0).granted("a");
    at(0).granted("b");
    at(100).deferred("c");
    at(0).answered("a");
    at(1100).granted("c");

    CallBudget.Load load = budget.load();

    assertThat(load.granted()).isEqualTo(3);
    assertThat(load.waited()).isEqualTo(Duration.ofMillis(1000));
    assertThat(load.slots()).isEqualTo(2);
  }

  @Test
  void isNotHeldUpByAClockThatIsSetBack() {
    budget = budget(1);
    at(0).granted("a");
    at(100).answered("a");
    at(100).deferred("b");
    clock.set(START.minusSeconds(3600));
    budget.load();
    clock.set(START.minusSeconds(3600).plusMillis(999));
    at(-3_600_000 + 999).deferred("b");
    clock.set(START.minusSeconds(3600).plusMillis(1000));
    at(-3_600_000 + 1000).granted("b");
  }

  @Test
  void grantsNoMoreToManyThreadsThanToOne() {
    budget = new CallBudget(new Limit(20, false), clock, _ -> Runnable::run, _ -> {});
    AtomicInteger granted = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(i ->
              threads.execute(() -> {
                if (budget.reserve(caller("r" + i), Priority.CHANGE) instanceof Granted) {
                  granted.incrementAndGet();
                }
              }));
    }

    assertThat(granted).hasValue(20);
    assertThat(budget.load().inFlight()).isEqualTo(20);
    assertThat(budget.load().waiting()).isEqualTo(480);
  }

  private CallBudget budget(int requestsPerSecond) {
    return budget(new Limit(requestsPerSecond, false));
  }

  private CallBudget budget(Limit limit) {
    return new CallBudget(limit, clock, schedule, caller -> called.add(name(caller)));
  }

  /** Who is served next, so many times, when each answer comes at once. */
  private List<String> served(String first, int count) {
    String current = first;
    List<String> order = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      at((i - 1) * 1000L).answered(current);
      at(i * 1000L);
      current = called.getLast();
      at(i * 1000L).granted(current);
      order.add(current);
    }
    return order;
  }

  private static Caller caller(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new Caller("shop", text)
        : new Caller(text.substring(0, slash), text.substring(slash + 1));
  }

  private static String name(Caller caller) {
    return caller.namespace().equals("shop")
        ? caller.name()
        : caller.namespace() + "/" + caller.name();
  }

  private Moment at(long millis) {
    schedule.runUntil(START.plusMillis(millis));
    return new Moment();
  }

  /** What happens at one moment. */
  private final class Moment {

    void granted(String resource) {
      CallBudget.Reservation reservation = budget.reserve(caller(resource), Priority.CHANGE);
      assertThat(reservation).as(resource).isInstanceOf(Granted.class);
      permits.put(resource, ((Granted) reservation).permit());
    }

    void deferred(String resource) {
      assertThat(untilOf(resource, Priority.CHANGE)).isAfter(clock.instant());
    }

    void deferredCheck(String resource) {
      assertThat(untilOf(resource, Priority.CHECK)).isAfter(clock.instant());
    }

    void deferredUntil(String resource, long millis) {
      assertThat(untilOf(resource, Priority.CHANGE)).isEqualTo(START.plusMillis(millis));
    }

    void placed(String resource) {
      assertThat(budget.queue(caller(resource), Priority.CHANGE)).isEmpty();
    }

    void placedLater(String resource) {
      assertThat(budget.queue(caller(resource), Priority.CHANGE)).isPresent();
    }

    void answered(String resource) {
      permits.get(resource).close();
    }

    void withdrawn(String resource) {
      budget.withdraw(caller(resource));
      schedule.runUntil(clock.instant());
    }

    /** These were called so far. */
    void called(String... resources) {
      schedule.runUntil(clock.instant());
      assertThat(called).containsExactly(resources);
    }

    private Instant untilOf(String resource, Priority priority) {
      CallBudget.Reservation reservation = budget.reserve(caller(resource), priority);
      assertThat(reservation).as(resource).isInstanceOf(Deferred.class);
      return ((Deferred) reservation).until();
    }
  }
}
