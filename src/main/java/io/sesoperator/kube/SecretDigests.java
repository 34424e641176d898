package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What is known of every watched Secret: digests and broken rules, never a value. One watch for the
 * whole cluster, or one for each namespace; types that hold no passwords are left out by the
 * server.
 */
public final class SecretDigests implements AutoCloseable {

  private static final List<String> TYPES_WITHOUT_PASSWORDS =
      List.of(
          "helm.sh/release.v1",
          "kubernetes.io/service-account-token",
          "kubernetes.io/tls",
          "kubernetes.io/dockerconfigjson",
          "kubernetes.io/dockercfg",
          "bootstrap.kubernetes.io/token");

  private record Watch(DigestStore store, SharedIndexInformer<Secret> informer) {}

  private final KubernetesClient client;
  private final DigestKey digestKey;
  private final PasswordRule rule;
  private final List<Consumer<SecretName>> listeners = new CopyOnWriteArrayList<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  public SecretDigests(KubernetesClient client, DigestKey digestKey, PasswordRule rule) {
    this.client = client;
    this.digestKey = digestKey;
    this.rule = rule;
  }

  /**
   * Calls {@code listener} for every Secret that appears, changes or goes. To be called before
   * {@link #start}.
   */
  public void onChange(Consumer<SecretName> listener) {
    listeners.add(listener);
  }

  /**
   * Watches these namespaces, or all if there are none, and returns when everything there is known.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if a list is refused or fails
   */
  public void start(Set<String> namespaces) {
    Stream<FilterWatchListDeletable<Secret, SecretList, Resource<Secret>>> scopes =
        namespaces.isEmpty()
            ? Stream.of(filtered(client.secrets().inAnyNamespace()))
            : namespaces.stream().map(name -> filtered(client.secrets().inNamespace(name)));
    scopes.forEach(this::watch);
  }

  /** The facts of every entry of a Secret; empty if there is no such Secret. */
  public Optional<Map<String, PasswordFacts>> find(SecretName secret) {
    return watches.stream().flatMap(watch -> watch.store().facts(secret).stream()).findFirst();
  }

  /** Whether every watch is alive: running, and has seen its whole list. */
  public boolean isHealthy() {
    return watches.stream()
        .allMatch(watch -> watch.informer().isRunning() && watch.informer().hasSynced());
  }

  @Override
  public void close() {
    watches.forEach(watch -> watch.informer().close());
  }

  /** Whether a Secret is of a type that is watched. */
  static boolean mayHoldPasswords(Secret secret) {
    return Optional.ofNullable(secret.getType())
        .filter(TYPES_WITHOUT_PASSWORDS::contains)
        .isEmpty();
  }

  private FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> filtered(
      FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> secrets) {
    FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> scope = secrets;
    for (String type : TYPES_WITHOUT_PASSWORDS) {
      scope = scope.withoutField("type", type);
    }
    return scope;
  }

  private void watch(FilterWatchListDeletable<Secret, SecretList, Resource<Secret>> scope) {
    DigestStore store = new DigestStore(digestKey, rule);
    SharedIndexInformer<Secret> informer =
        scope
            .withLimit(500L)
            .runnableInformer(0)
            .itemStore(store)
            .addEventHandler(new ChangeHandler<>(this::tell));
    watches.add(new Watch(store, informer));
    informer.run();
  }

  private void tell(Secret secret) {
    SecretName name =
        new SecretName(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
    listeners.forEach(listener -> listener.accept(name));
  }
}
