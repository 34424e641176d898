package io.sesoperator.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One book for each account and region, made when first asked for. */
final class SenderBooks {

  private record Owner(String account, String region) {}

  private final ServerClock clock;
  private final ServerRules rules;
  private final Map<Owner, SenderBook> books = new ConcurrentHashMap<>();

  SenderBooks(ServerClock clock, ServerRules rules) {
    this.clock = clock;
    this.rules = rules;
  }

  SenderBook of(String account, String region) {
    return books.computeIfAbsent(new Owner(account, region), _ -> new SenderBook(clock, rules));
  }

  /** Whether any account's sender in this region logs in with this password. */
  boolean logsIn(String region, String address, byte[] candidate) {
    return books.entrySet().stream()
        .filter(book -> book.getKey().region().equals(region))
        .anyMatch(book -> book.getValue().logsIn(address, candidate));
  }
}
