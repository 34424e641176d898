package io.sesoperator.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SmtpCredential;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What every credential says while it is on its way, in the order of the API server's watch, which
 * leaves out no version: also what holds for a millisecond.
 */
final class News implements AutoCloseable {

  /** One credential came to say this of itself. */
  record Item(String name, Condition ready) {}

  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final SharedIndexInformer<SmtpCredential> informer;

  News(KubernetesClient client) {
    informer = client.resources(SmtpCredential.class).inAnyNamespace().inform(new Reporter());
  }

  /** Those that nobody took yet. */
  List<Item> take() {
    List<Item> taken = new java.util.ArrayList<>();
    items.drainTo(taken);
    return taken;
  }

  @Override
  public void close() {
    informer.close();
  }

  private final class Reporter implements ResourceEventHandler<SmtpCredential> {

    @Override
    public void onAdd(SmtpCredential credential) {
      report(Optional.empty(), credential);
    }

    @Override
    public void onUpdate(SmtpCredential before, SmtpCredential now) {
      report(onItsWay(before).map(Condition::reason), now);
    }

    @Override
    public void onDelete(SmtpCredential credential, boolean finalStateUnknown) {}

    private void report(Optional<String> before, SmtpCredential now) {
      onItsWay(now)
          .filter(ready -> !before.equals(Optional.of(ready.reason())))
          .ifPresent(ready -> items.add(new Item(now.getMetadata().getName(), ready)));
    }
  }

  private static Optional<Condition> onItsWay(SmtpCredential credential) {
    return credential
        .statusOrNone()
        .condition(Condition.RECONCILING)
        .flatMap(_ -> credential.statusOrNone().condition(Condition.READY));
  }
}
