package io.sesoperator.bench;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Every status of a tenant's credentials, and when a watch brought it. */
final class StatusSightings implements AutoCloseable {

  /** One status as it was from this time on. */
  record Sighting(String name, Instant time, SmtpCredentialStatus status) {}

  private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final SharedIndexInformer<SmtpCredential> informer;

  StatusSightings(World world, Clock clock) {
    this.clock = clock;
    this.informer =
        world
            .client()
            .resources(SmtpCredential.class)
            .inNamespace(world.tenant())
            .inform(new Each());
  }

  /** When the credential first had such a status after {@code time}; absent if it never had. */
  Optional<Instant> first(String name, Instant time, Predicate<SmtpCredentialStatus> wanted) {
    return sightings.stream()
        .filter(it -> it.name().equals(name) && it.time().isAfter(time))
        .filter(it -> wanted.test(it.status()))
        .map(Sighting::time)
        .findFirst();
  }

  /** Waits until the credential has had such a status after {@code time}, and returns when. */
  Instant awaitFirst(
      String name, Instant time, Duration patience, Predicate<SmtpCredentialStatus> wanted) {
    return Awaitility.await("a status of " + name)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> first(name, time, wanted), Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    informer.stop();
  }

  private void see(SmtpCredential credential) {
    sightings.add(
        new Sighting(
            credential.getMetadata().getName(), clock.instant(), credential.statusOrNone()));
  }

  private final class Each implements ResourceEventHandler<SmtpCredential> {

    @Override
    public void onAdd(SmtpCredential credential) {
      see(credential);
    }

    @Override
    public void onUpdate(SmtpCredential before, SmtpCredential credential) {
      see(credential);
    }

    @Override
    public void onDelete(SmtpCredential credential, boolean finalStateUnknown) {}
  }
}
