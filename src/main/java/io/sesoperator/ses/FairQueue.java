package io.sesoperator.ses;

import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Priority;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who waits for a call, and who is next: namespaces take turns, whatever the length of their lines,
 * and checks come after changes. Not safe for use by many threads.
 */
final class FairQueue {

  /*
   * Deficit round robin where each call costs the same, so that a namespace's quantum is one call
   * and no deficit is ever carried on: a ring of namespaces, each with a line of its own. No step
   * takes longer the more wait.
   *
   * Checks wait while there are changes, but not for ever: settle pushes are among them, and
   * without those a wrong password could stay.
   */

  /** After so many changes in a row, a check that waits has its turn. */
  private static final int CHANGES_FOR_A_CHECK = 9;

  /** One that waits, and since when. */
  record Waiter(Caller caller, Priority priority, Instant since) {}

  private final Ring changes = new Ring();
  private final Ring checks = new Ring();
  private final Map<Caller, Priority> members = new HashMap<>();
  private int changesInARow;

  int size() {
    return members.size();
  }

  /**
   * Adds a caller to the end of its namespace's line. One that is there keeps its place, unless it
   * waited with a check and has a change now.
   */
  void add(Caller caller, Priority priority, Instant now) {
    if (members.get(caller) == Priority.CHECK && priority == Priority.CHANGE) {
      remove(caller);
    }
    if (members.putIfAbsent(caller, priority) == null) {
      ring(priority).add(new Waiter(caller, priority, now));
    }
  }

  void remove(Caller caller) {
    Optional.ofNullable(members.remove(caller)).ifPresent(where -> ring(where).remove(caller));
  }

  /** Takes out the next caller of those that {@code mayGo}, if there is one. */
  Optional<Waiter> next(Predicate<Waiter> mayGo) {
    Optional<Waiter> next =
        order().stream().flatMap(priority -> ring(priority).take(mayGo).stream()).findFirst();
    next.ifPresent(waiter -> {
      members.remove(waiter.caller());
      changesInARow = waiter.priority() == Priority.CHANGE ? changesInARow + 1 : 0;
    });
    return next;
  }

  /** About how many come before this caller, as things are. */
  int ahead(Caller caller) {
    return Optional.ofNullable(members.get(caller))
        .map(priority -> Math.min(ring(priority).ahead(caller), members.size() - 1))
        .orElse(0);
  }

  private List<Priority> order() {
    return changesInARow < CHANGES_FOR_A_CHECK
        ? List.of(Priority.CHANGE, Priority.CHECK)
        : List.of(Priority.CHECK, Priority.CHANGE);
  }

  private Ring ring(Priority priority) {
    return switch (priority) {
      case CHANGE -> changes;
      case CHECK -> checks;
    };
  }

  /** The namespaces that have somebody waiting, the next one first. */
  private static final class Ring {
    private final LinkedHashMap<String, Line> lines = new LinkedHashMap<>();

    void add(Waiter waiter) {
      lines.computeIfAbsent(waiter.caller().namespace(), _ -> new Line()).add(waiter);
    }

    void remove(Caller caller) {
      Line line = lines.getOrDefault(caller.namespace(), new Line());
      line.remove(caller);
      if (line.isEmpty()) {
        lines.remove(caller.namespace());
      }
    }

    /** Takes the first of the next namespace whose first may go; its turn is over then. */
    Optional<Waiter> take(Predicate<Waiter> mayGo) {
      Optional<Map.Entry<String, Line>> next =
          lines.entrySet().stream()
              .filter(entry -> mayGo.test(entry.getValue().first()))
              .findFirst();
      return next.map(entry -> takeFirst(entry.getKey(), entry.getValue()));
    }

    int ahead(Caller caller) {
      return Optional.ofNullable(lines.get(caller.namespace()))
          .map(line -> line.before(caller) * lines.size())
          .orElse(0);
    }

    private Waiter takeFirst(String namespace, Line line) {
      Waiter first = line.first();
      line.remove(first.caller());
      lines.remove(namespace);
      if (!line.isEmpty()) {
        lines.put(namespace, line); // at the end of the ring
      }
      return first;
    }
  }

  /** The line of one namespace. */
  private static final class Line {
    private final LinkedHashMap<Caller, Place> places = new LinkedHashMap<>();
    private int made;

    private record Place(Waiter waiter, int number) {}

    void add(Waiter waiter) {
      places.put(waiter.caller(), new Place(waiter, made++));
    }

    void remove(Caller caller) {
      places.remove(caller);
    }

    boolean isEmpty() {
      return places.isEmpty();
    }

    Waiter first() {
      return places.sequencedValues().getFirst().waiter();
    }

    /** How many are before a member; one that left from the middle still counts. */
    int before(Caller caller) {
      return Optional.ofNullable(places.get(caller))
          .map(place -> place.number() - places.sequencedValues().getFirst().number())
          .orElse(0);
    }
  }
}
