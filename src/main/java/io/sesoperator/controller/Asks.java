package io.sesoperator.controller;

import io.sesoperator.ses.CallBudget.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When SES last told each resource of an account that it holds its value, because it was asked.
 * Lost at a restart. Safe for use by many threads.
 */
final class Asks {

  private final Clock clock;
  private final Map<Caller, Instant> last = new ConcurrentHashMap<>();

  Asks(Clock clock) {
    this.clock = clock;
  }

  void note(Caller caller) {
    last.put(caller, clock.instant());
  }

  Optional<Instant> last(Caller caller) {
    return Optional.ofNullable(last.get(caller));
  }

  void forget(Caller caller) {
    last.remove(caller);
  }
}
