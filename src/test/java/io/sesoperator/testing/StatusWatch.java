package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Sees every status that is written, also those that last for a moment, and holds each to the
 * {@link StatusRules}.
 */
final class StatusWatch implements AutoCloseable {

  private final Map<String, List<SmtpCredentialStatus>> histories = new ConcurrentHashMap<>();
  private final Queue<AssertionError> broken = new ConcurrentLinkedQueue<>();
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  /** Watches the credentials of these namespaces, and one account. */
  StatusWatch(KubernetesClient client, List<String> namespaces, String account) {
    for (String namespace : namespaces) {
      informers.add(
          client
              .resources(SmtpCredential.class)
              .inNamespace(namespace)
              .inform(new Each<>(this::see)));
    }
    informers.add(
        client
            .resources(SesAccount.class)
            .withName(account)
            .inform(new Each<>(seen -> judge(() -> StatusRules.check(seen)))));
  }

  /** The statuses that a credential has had so far, oldest first. */
  List<SmtpCredentialStatus> history(String namespace, String name) {
    return List.copyOf(histories.getOrDefault(namespace + "/" + name, List.of()));
  }

  /**
   * Ends the watch.
   *
   * @throws AssertionError if any status broke a rule
   */
  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
    AssertionError first = broken.poll();
    if (first != null) {
      broken.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void see(SmtpCredential credential) {
    histories
        .computeIfAbsent(
            credential.getMetadata().getNamespace() + "/" + credential.getMetadata().getName(),
            _ -> new CopyOnWriteArrayList<>())
        .add(credential.statusOrNone());
    judge(() -> StatusRules.check(credential));
  }

  private void judge(Runnable rules) {
    try {
      rules.run();
    } catch (AssertionError e) {
      broken.add(e);
    }
  }

  private record Each<T extends HasMetadata>(Consumer<T> seer) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T resource) {
      seer.accept(resource);
    }

    @Override
    public void onUpdate(T earlier, T resource) {
      seer.accept(resource);
    }

    @Override
    public void onDelete(T resource, boolean finalStateUnknown) {}
  }
}
