package io.sesoperator.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts requests per second. A refused request doesn't count. Not thread-safe. */
final class RateWindow {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ServerRules rules;
  private final Map<String, Deque<Instant>> admitted = new HashMap<>();

  RateWindow(ServerRules rules) {
    this.rules = rules;
  }

  /**
   * Counts a request.
   *
   * @param counter what has a quota of its own: account and action
   */
  void count(String counter, Instant now) throws Refusal {
    Deque<Instant> times = admitted.computeIfAbsent(counter, _ -> new ArrayDeque<>());
    times.removeIf(time -> !inWindow(time, now));
    if (times.size() >= rules.requestsPerSecond()) {
      throw Refusal.tooMany(times.size() + 1, rules.requestsPerSecond());
    }
    times.add(now);
  }

  private boolean inWindow(Instant time, Instant now) {
    return switch (rules.window()) {
      case SLIDING -> time.plus(SECOND).isAfter(now);
      case FIXED ->
          time.truncatedTo(ChronoUnit.SECONDS).equals(now.truncatedTo(ChronoUnit.SECONDS));
    };
  }
}
