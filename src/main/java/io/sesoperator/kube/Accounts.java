package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.api.SesAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The accounts of the cluster, and the labels of its namespaces, which the accounts' selectors look
 * at.
 */
public final class Accounts implements AutoCloseable {

  private final List<Consumer<String>> accountListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> namespaceListeners = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<SesAccount> accounts;
  private final SharedIndexInformer<Namespace> namespaces;

  public Accounts(KubernetesClient client) {
    this.accounts = client.resources(SesAccount.class).runnableInformer(0);
    this.namespaces = client.namespaces().runnableInformer(0);
    accounts.addEventHandler(new ChangeHandler<>(account -> tell(accountListeners, account)));
    namespaces.addEventHandler(
        new ChangeHandler<>(namespace -> tell(namespaceListeners, namespace)));
  }

  /** Calls {@code listener} with the name of every account that appears, changes or goes. */
  public void onAccountChange(Consumer<String> listener) {
    accountListeners.add(listener);
  }

  /** Calls {@code listener} with the name of every namespace that appears, changes or goes. */
  public void onNamespaceChange(Consumer<String> listener) {
    namespaceListeners.add(listener);
  }

  /**
   * Returns when all accounts and namespaces are known.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if a list is refused or fails
   */
  public void start() {
    accounts.run();
    namespaces.run();
  }

  public Optional<SesAccount> find(String name) {
    return Optional.ofNullable(accounts.getStore().getByKey(name));
  }

  public List<SesAccount> all() {
    return List.copyOf(accounts.getStore().list());
  }

  /** The labels of a namespace; none if it is unknown. */
  public Map<String, String> labels(String namespace) {
    return Optional.ofNullable(namespaces.getStore().getByKey(namespace))
        .map(found -> found.getMetadata().getLabels())
        .orElse(Map.of());
  }

  /** Whether both watches are alive: running, and have seen their whole list. */
  public boolean isHealthy() {
    return accounts.isRunning()
        && accounts.hasSynced()
        && namespaces.isRunning()
        && namespaces.hasSynced();
  }

  @Override
  public void close() {
    accounts.close();
    namespaces.close();
  }

  private static void tell(List<Consumer<String>> listeners, HasMetadata object) {
    listeners.forEach(listener -> listener.accept(object.getMetadata().getName()));
  }
}
