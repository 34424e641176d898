package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The informer's store of Secrets, which keeps a digest where a value was: no plaintext outlives
 * the delivery of its event.
 */
final class DigestStore implements ItemStore<Secret> {

  private record Entry(Secret identity, Map<String, PasswordFacts> facts) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final EntryFacts facts;

  DigestStore(DigestKey digestKey, PasswordRule rule) {
    this.facts = new EntryFacts(digestKey, rule);
  }

  /** The facts of every key of a Secret; absent if there is no such Secret. */
  Optional<Map<String, PasswordFacts>> facts(SecretName secret) {
    return Optional.ofNullable(entries.get(secret.toString())).map(Entry::facts);
  }

  @Override
  public String getKey(Secret secret) {
    return new SecretName(secret.getMetadata().getNamespace(), secret.getMetadata().getName())
        .toString();
  }

  @Override
  public @Nullable Secret put(String key, Secret secret) {
    Entry earlier = entries.put(key, new Entry(identity(secret), facts.of(secret)));
    return earlier == null ? null : earlier.identity();
  }

  @Override
  public @Nullable Secret remove(String key) {
    Entry earlier = entries.remove(key);
    return earlier == null ? null : earlier.identity();
  }

  @Override
  public Stream<String> keySet() {
    return entries.keySet().stream();
  }

  @Override
  public Stream<Secret> values() {
    return entries.values().stream().map(Entry::identity);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public @Nullable Secret get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.identity();
  }

  // With "false" fabric8 hands each raw Secret to the handlers' queue at once, so that raw copies
  // of the whole list pile up (ProcessorStore.updateInternal).
  @Override
  public boolean isFullState() {
    return true;
  }

  private static Secret identity(Secret secret) {
    return new SecretBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withNamespace(secret.getMetadata().getNamespace())
                .withName(secret.getMetadata().getName())
                .withUid(secret.getMetadata().getUid())
                .withResourceVersion(secret.getMetadata().getResourceVersion())
                .build())
        .build();
  }
}
