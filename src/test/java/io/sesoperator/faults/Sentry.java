package io.sesoperator.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches one operator's steps come by and springs the traps that are set for them. A request that
 * is made for the second time since then counts as another one.
 */
final class Sentry {

  private record Place(String credential, Point point) {}

  private final Map<Place, Trap> traps = new ConcurrentHashMap<>();
  private final Map<Step, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final List<Step> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger under = new AtomicInteger();

  void set(String credential, Point point, Trap trap) {
    traps.put(new Place(credential, point), trap);
  }

  /** Starts counting. */
  void begin() {
    counts.clear();
    seen.clear();
  }

  /** The steps since {@link #begin}, in the order in which they were made. */
  List<Step> seen() {
    return List.copyOf(seen);
  }

  /** Whether no step is under way. */
  boolean isQuiet() {
    return under.get() == 0;
  }

  /** Numbers a step that is about to be made. */
  Step enter(Step step) {
    under.incrementAndGet();
    int count = counts.computeIfAbsent(step, _ -> new AtomicInteger()).incrementAndGet();
    Step numbered = count == 1 ? step : new Step(step.credential(), step.request() + " #" + count);
    seen.add(numbered);
    return numbered;
  }

  void leave() {
    under.decrementAndGet();
  }

  void pass(Step step, Moment moment) throws Severed {
    Place here = new Place(step.credential(), new Point(step.request(), moment));
    Optional<Trap> trap = Optional.ofNullable(traps.remove(here));
    if (trap.isPresent()) {
      trap.get().spring();
    }
  }
}
