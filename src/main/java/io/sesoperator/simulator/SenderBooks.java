package io.sesoperator.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One book for each account and region, made when first asked for. */
final class SenderBooks {

  private record Owner(String account, String region) {}

  private final ServerClock clock;
  private final boolean ignoreAddressCase;
  private final Map<Owner, SenderBook> books = new ConcurrentHashMap<>();

  SenderBooks(ServerClock clock, boolean ignoreAddressCase) {
    this.clock = clock;
    this.ignoreAddressCase = ignoreAddressCase;
  }

  SenderBook of(String account, String region) {
    return books.computeIfAbsent(
        new Owner(account, region), _ -> new SenderBook(clock, ignoreAddressCase));
  }
}
