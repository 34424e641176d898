package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.AddressOwners;
import io.sesoperator.kube.SecretName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Finds credentials by what they refer to, each in one look-up of an index. */
final class CredentialIndex {

  private static final String BY_SECRET = "secret";
  private static final String BY_ACCOUNT = "account";
  private static final String BY_NAMESPACE = "of-namespace";
  private static final String BY_CLAIM = "claim";

  private final AtomicReference<Optional<IndexerResourceCache<SmtpCredential>>> cache =
      new AtomicReference<>(Optional.empty());

  /** Indexes this cache from now on; until then nothing is found. */
  void attach(IndexerResourceCache<SmtpCredential> primaries) {
    primaries.addIndexers(
        Map.of(
            BY_SECRET, credential -> List.of(secret(credential).toString()),
            BY_ACCOUNT, credential -> List.of(credential.getSpec().accountRef().name()),
            BY_NAMESPACE, credential -> List.of(credential.getMetadata().getNamespace()),
            BY_CLAIM, credential -> List.of(AddressOwners.claim(credential))));
    cache.set(Optional.of(primaries));
  }

  Optional<SmtpCredential> find(ResourceID name) {
    return cache.get().flatMap(primaries -> primaries.get(name));
  }

  List<SmtpCredential> all() {
    return cache.get().map(primaries -> primaries.list().toList()).orElse(List.of());
  }

  List<SmtpCredential> bySecret(SecretName secret) {
    return find(BY_SECRET, secret.toString());
  }

  List<SmtpCredential> byAccount(String account) {
    return find(BY_ACCOUNT, account);
  }

  List<SmtpCredential> byNamespace(String namespace) {
    return find(BY_NAMESPACE, namespace);
  }

  List<SmtpCredential> byClaim(String claim) {
    return find(BY_CLAIM, claim);
  }

  private List<SmtpCredential> find(String index, String value) {
    return cache.get().map(primaries -> primaries.byIndex(index, value)).orElse(List.of());
  }

  private static SecretName secret(SmtpCredential credential) {
    return new SecretName(
        credential.getMetadata().getNamespace(), credential.getSpec().passwordSecretRef().name());
  }
}
