package io.sesoperator.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What all operators of an arena did. */
final class Ledger {

  /** What a status remembers of pushes that have not come to an end. */
  record Memory(boolean pending, Optional<Instant> unsettledUntil) {

    static final Memory NONE = new Memory(false, Optional.empty());

    /** Whether a call can only be one that settles a doubt. */
    boolean isToBeSettledAt(Instant now) {
      return !pending && unsettledUntil.filter(until -> !until.isAfter(now)).isPresent();
    }
  }

  /** One operator's own page: what it has written itself, it knows. */
  final class Page {

    private final Map<String, Memory> written = new HashMap<>();

    /** A call has left the operator, whether or not it arrives. */
    void called(String credential, int value) {
      synchronized (Ledger.this) {
        Memory known =
            written.getOrDefault(credential, stored.getOrDefault(credential, Memory.NONE));
        calls.add(new Call(credential, value, known.isToBeSettledAt(clock.get())));
      }
    }

    /** A status write has left the operator. */
    void writes(String credential) {
      synchronized (Ledger.this) {
        statusWrites.add(credential);
      }
    }

    /** The server has stored a status. */
    void stored(String credential, Memory memory) {
      synchronized (Ledger.this) {
        written.put(credential, memory);
        stored.put(credential, memory);
      }
    }
  }

  private record Call(String credential, int value, boolean settles) {}

  private final Supplier<Instant> clock;
  private final List<Call> calls = new ArrayList<>();
  private final List<String> statusWrites = new ArrayList<>();
  private final Map<String, Memory> stored = new HashMap<>();

  Ledger(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** Turns to an empty page. */
  synchronized void clear() {
    calls.clear();
    statusWrites.clear();
  }

  /** The numbers of the values that were sent to SES because they were new, in their order. */
  synchronized List<Integer> calls(String credential) {
    return calls(credential, false);
  }

  /** The numbers of those that were sent once more because of the settle rule. */
  synchronized List<Integer> settleCalls(String credential) {
    return calls(credential, true);
  }

  private List<Integer> calls(String credential, boolean settling) {
    return calls.stream()
        .filter(call -> call.credential().equals(credential) && call.settles() == settling)
        .map(Call::value)
        .toList();
  }

  /** How many calls and status writes there were. */
  synchronized int effects(String credential) {
    long made = calls.stream().filter(call -> call.credential().equals(credential)).count();
    return (int) (made + statusWrites.stream().filter(credential::equals).count());
  }
}
