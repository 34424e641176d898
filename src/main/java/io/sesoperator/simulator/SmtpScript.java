package io.sesoperator.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What will go wrong with SMTP, in the order in which it was scripted. */
final class SmtpScript {

  /**
   * One scripted fault.
   *
   * @param address whose logins it strikes; empty: anybody's
   * @param left how many more it strikes
   */
  record Entry(String id, SmtpFault fault, String address, int left) {}

  private final List<Entry> entries = new ArrayList<>();
  private int made;

  /**
   * Appends one.
   *
   * @throws IllegalArgumentException if it strikes nothing, or names an address where none is known
   */
  synchronized String put(SmtpFault fault, String address, int times) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault strikes at least once");
    }
    if (!address.isEmpty() && fault.strikes() != SmtpFault.Strikes.LOGIN) {
      throw new IllegalArgumentException("A connection has no address before its login");
    }
    String id = "s" + ++made;
    entries.add(new Entry(id, fault, address, times));
    return id;
  }

  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }

  /** The fault of a new connection. */
  Optional<SmtpFault> takeForConnection(boolean beginsInPlainText) {
    return take(entry ->
        switch (entry.fault().strikes()) {
          case LOGIN -> false;
          case CONNECTION -> true;
          case PLAIN_CONNECTION -> beginsInPlainText;
        });
  }

  /** The fault of a login. */
  Optional<SmtpFault> takeForLogin(String address) {
    return take(entry ->
        entry.fault().strikes() == SmtpFault.Strikes.LOGIN
            && (entry.address().isEmpty() || entry.address().equals(address)));
  }

  private synchronized Optional<SmtpFault> take(Predicate<Entry> fits) {
    Optional<Entry> found = entries.stream().filter(fits).findFirst();
    found.ifPresent(this::use);
    return found.map(Entry::fault);
  }

  private void use(Entry entry) {
    int index = entries.indexOf(entry);
    if (entry.left() > 1) {
      entries.set(index, new Entry(entry.id(), entry.fault(), entry.address(), entry.left() - 1));
    } else {
      entries.remove(index);
    }
  }
}
