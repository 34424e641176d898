package io.sesoperator.ses;

import io.sesoperator.ses.FairQueue.Waiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How often one account may call one action, and whose turn it is. It never blocks: a caller gets a
 * permit, or a place in the queue from which it is called when its turn has come.
 *
 * <p>Safe for use by many threads.
 */
public final class CallBudget {

  /*
   * There are as many slots as calls allowed in a second. A call holds its slot until one second
   * after its answer came back. As SES counted the call before it answered, it counts the next call
   * of that slot at least one second later: so whatever second it looks at, sliding or fixed, it
   * sees each slot at most once. Calls at a steady pace do not give that, as they bunch on the way.
   *
   * A slot that becomes free belongs to the next in the queue, who is called and for whom the slot
   * is kept for a while. One that does not come loses its turn: its resource was deleted, or has
   * nothing to push any more.
   *
   * A shared account keeps its last slot for a namespace that uses none. Without it, one namespace
   * that changes for ever would hold all slots, each for a second, and whoever comes next would wait
   * for most of that second.
   */

  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** How long a slot is kept for a caller whose turn has come. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What answers, and the way to them, add to a second at most, as a rule. */
  private static final Duration USUAL_CYCLE = Duration.ofMillis(1250);

  private final SteadyTime time;
  private final Function<Duration, Executor> after;
  private final Consumer<Caller> call;
  private final Slots slots;
  private final FairQueue queue = new FairQueue();
  private boolean shared;

  private final Set<Permit> inFlight = new HashSet<>();

  /** The slots whose answer came back, the first to be free first. */
  private final Queue<Cooling> cooling = new ArrayDeque<>();

  /** Whose turn has come, and until when their slots are kept, the first to expire first. */
  private final LinkedHashMap<Caller, Instant> called = new LinkedHashMap<>();

  private final Map<String, Integer> slotsUsed = new HashMap<>();
  private Optional<Instant> alarm = Optional.empty();
  private long granted;
  private Duration waited = Duration.ZERO;

  /**
   * A budget with all slots free.
   *
   * @param after an executor that runs its tasks after a delay, for each delay
   * @param call tells a caller that its turn has come, on a thread of {@code after}
   */
  public CallBudget(
      Limit limit, Clock clock, Function<Duration, Executor> after, Consumer<Caller> call) {
    this.time = new SteadyTime(clock);
    this.slots = new Slots(limit.requestsPerSecond(), time.now());
    this.shared = limit.shared();
    this.after = after;
    this.call = call;
  }

  /**
   * What an account allows.
   *
   * @param requestsPerSecond counts as one if it is less
   * @param shared whether several namespaces may use the account
   */
  public record Limit(int requestsPerSecond, boolean shared) {}

  /** On whose behalf a call is made. */
  public record Caller(String namespace, String name) {}

  /** Which calls come first. */
  public enum Priority {
    /** Somebody changed a password, or asks for a push. */
    CHANGE,
    /** The operator makes sure of something by itself. */
    CHECK
  }

  /** What a caller gets. */
  public sealed interface Reservation {

    /** The call may be made now. */
    record Granted(Permit permit) implements Reservation {}

    /** The caller has a place in the queue and is called, probably before this time. */
    record Deferred(Instant until) implements Reservation {}
  }

  /** The right to make one call. To be closed as soon as its answer, or its failure, is there. */
  public final class Permit implements AutoCloseable {
    private final String namespace;

    private Permit(String namespace) {
      this.namespace = namespace;
    }

    /** Tells that the answer came back; closing twice does nothing more. */
    @Override
    public void close() {
      answered(this);
    }
  }

  /**
   * How busy the budget is.
   *
   * @param slots calls in a second, at present
   * @param waiting callers in the queue
   * @param granted permits so far
   * @param waited how long the callers of all permits so far were in the queue, together
   */
  public record Load(int slots, int inFlight, int waiting, long granted, Duration waited) {}

  private record Cooling(String namespace, Instant free) {}

  /**
   * Takes a place in the queue, for a call that will be made soon.
   *
   * @return when the caller's turn comes, probably; absent if a slot is kept for it now
   */
  public synchronized Optional<Instant> queue(Caller caller, Priority priority) {
    Instant now = settle();
    if (!called.containsKey(caller)) {
      queue.add(caller, priority, now);
    }
    callNext(now, next -> !next.equals(caller)); // who asks need not be called
    return called.containsKey(caller) ? Optional.empty() : Optional.of(estimate(caller, now));
  }

  /**
   * Asks for the right to make one call. Asking again changes nothing for a caller that waits
   * already.
   */
  public synchronized Reservation reserve(Caller caller, Priority priority) {
    Optional<Instant> turn = queue(caller, priority);
    if (turn.isPresent()) {
      return new Reservation.Deferred(turn.get());
    }
    called.remove(caller);
    granted++;
    Permit permit = new Permit(caller.namespace());
    inFlight.add(permit);
    return new Reservation.Granted(permit);
  }

  /** Gives a place in the queue back, or a slot that was kept. */
  public synchronized void withdraw(Caller caller) {
    Instant now = settle();
    queue.remove(caller);
    if (called.remove(caller) != null) {
      freeSlot(caller.namespace());
    }
    callNext(now, _ -> true);
  }

  /** Allows something else from now on; calls in flight are not affected. */
  public synchronized void change(Limit limit) {
    Instant now = settle();
    slots.change(limit.requestsPerSecond());
    shared = limit.shared();
    callNext(now, _ -> true);
  }

  /** SES says that there are too many requests: somebody else uses the same quota. */
  public synchronized void throttled() {
    slots.halve(settle());
  }

  public synchronized Load load() {
    settle();
    return new Load(slots.count(), inFlight.size(), queue.size(), granted, waited);
  }

  private synchronized void answered(Permit permit) {
    if (inFlight.remove(permit)) {
      Instant now = settle();
      cooling.add(new Cooling(permit.namespace, now.plus(WINDOW)));
      setAlarm(now);
    }
  }

  /** Brings the books up to date. */
  private Instant settle() {
    Instant now = time.now();
    slots.recover(now);
    while (!cooling.isEmpty() && !cooling.element().free().isAfter(now)) {
      freeSlot(cooling.remove().namespace());
    }
    while (!called.isEmpty() && !called.firstEntry().getValue().isAfter(now)) {
      freeSlot(called.pollFirstEntry().getKey().namespace());
    }
    return now;
  }

  /** Keeps free slots for those whose turn it is, and calls them. */
  private void callNext(Instant now, Predicate<Caller> isAway) {
    Optional<Waiter> next = queue.next(this::mayGo);
    while (next.isPresent()) {
      Waiter waiter = next.get();
      keepSlot(waiter, now);
      if (isAway.test(waiter.caller())) {
        after.apply(Duration.ZERO).execute(() -> call.accept(waiter.caller()));
      }
      next = queue.next(this::mayGo);
    }
    setAlarm(now);
  }

  private void keepSlot(Waiter waiter, Instant now) {
    called.put(waiter.caller(), now.plus(PATIENCE));
    slotsUsed.merge(waiter.caller().namespace(), 1, Integer::sum);
    waited = waited.plus(Duration.between(waiter.since(), now));
  }

  private boolean mayGo(Waiter waiter) {
    boolean newcomer =
        waiter.priority() == Priority.CHANGE && !slotsUsed.containsKey(waiter.caller().namespace());
    int kept = shared && !newcomer && slots.count() > 1 ? 1 : 0;
    return freeSlots() > kept;
  }

  private int freeSlots() {
    return slots.count() - inFlight.size() - cooling.size() - called.size();
  }

  private void freeSlot(String namespace) {
    int others = slotsUsed.getOrDefault(namespace, 0) - 1;
    if (others > 0) {
      slotsUsed.put(namespace, others);
    } else {
      slotsUsed.remove(namespace);
    }
  }

  /** Has the next be called as soon as a slot is free, if anybody waits. */
  private void setAlarm(Instant now) {
    nextChange()
        .filter(_ -> queue.size() > 0)
        .filter(next -> alarm.filter(set -> !set.isAfter(next)).isEmpty())
        .ifPresent(next -> {
          alarm = Optional.of(next);
          after.apply(Duration.between(now, next)).execute(() -> ring(next));
        });
  }

  private Optional<Instant> nextChange() {
    Stream<Instant> cooled = Stream.ofNullable(cooling.peek()).map(Cooling::free);
    Stream<Instant> expired = called.sequencedValues().stream().limit(1);
    return Stream.of(cooled, expired, slots.nextRecovery().stream())
        .flatMap(times -> times)
        .min(Instant::compareTo);
  }

  private synchronized void ring(Instant set) {
    alarm = alarm.filter(current -> !current.equals(set));
    callNext(settle(), _ -> true);
  }

  private Instant estimate(Caller caller, Instant now) {
    int cycles = 1 + queue.ahead(caller) / slots.count();
    return time.onTheWall(now.plus(USUAL_CYCLE.multipliedBy(cycles)));
  }
}
