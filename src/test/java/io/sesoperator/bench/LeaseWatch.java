package io.sesoperator.bench;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Sees who holds the Lease that replicas share, and since when. */
final class LeaseWatch implements AutoCloseable {

  /** From this time on; nobody if the name is empty. */
  record Holder(String name, Instant since) {}

  private final List<Holder> holders = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final SharedIndexInformer<Lease> informer;

  LeaseWatch(World world, Clock clock) {
    this.clock = clock;
    this.informer =
        world
            .client()
            .leases()
            .inNamespace(world.system())
            .withName("ses-operator")
            .inform(new Each());
  }

  /** Waits for a holder after {@code time} whose name is as wanted, and returns the first. */
  Holder awaitAfter(Instant time, Predicate<String> wanted) {
    return Awaitility.await("a holder of the Lease")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                holders.stream()
                    .filter(holder -> holder.since().isAfter(time) && wanted.test(holder.name()))
                    .toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  /** Waits until somebody holds it, and returns the name. */
  String awaitHolder() {
    return Awaitility.await("a holder of the Lease")
        .atMost(Duration.ofMinutes(1))
        .until(() -> holders.isEmpty() ? "" : holders.getLast().name(), name -> !name.isEmpty());
  }

  @Override
  public void close() {
    informer.stop();
  }

  private void see(Lease lease) {
    String name = lease.getSpec().getHolderIdentity().replaceFirst("_.*", "");
    if (holders.isEmpty() || !holders.getLast().name().equals(name)) {
      holders.add(new Holder(name, clock.instant()));
    }
  }

  private final class Each implements ResourceEventHandler<Lease> {

    @Override
    public void onAdd(Lease lease) {
      see(lease);
    }

    @Override
    public void onUpdate(Lease before, Lease lease) {
      see(lease);
    }

    @Override
    public void onDelete(Lease lease, boolean finalStateUnknown) {}
  }
}
