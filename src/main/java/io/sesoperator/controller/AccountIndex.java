package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.sesoperator.api.SesAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds accounts by the Secret with their keys. It looks into the reconciler's own cache: an
 * account that is not there yet will be checked with the Secret as it is then, so no change is
 * missed.
 */
final class AccountIndex {

  private static final String BY_KEYS = "keys";

  private final AtomicReference<Optional<IndexerResourceCache<SesAccount>>> cache =
      new AtomicReference<>(Optional.empty());

  /** Indexes this cache from now on; until then nothing is found. */
  void attach(IndexerResourceCache<SesAccount> primaries) {
    primaries.addIndexers(Map.of(BY_KEYS, AccountIndex::secret));
    cache.set(Optional.of(primaries));
  }

  /** The accounts whose keys stand in the Secret of this name, in the operator's namespace. */
  List<SesAccount> byKeys(String secret) {
    return cache.get().map(primaries -> primaries.byIndex(BY_KEYS, secret)).orElse(List.of());
  }

  private static List<String> secret(SesAccount account) {
    return account.getSpec().credentials().stream()
        .flatMap(credentials -> credentials.secretRef().stream())
        .map(ref -> ref.name())
        .toList();
  }
}
