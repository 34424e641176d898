package io.sesoperator.runtime;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several replicas acts. A leader that loses the Lease ends its process; one that is shut
 * down gives the Lease back, so that the next one need not wait for it to expire. JOSDK 5.2 does
 * neither under its own shutdown hook (java-operator-sdk issue 3376).
 */
final class Leadership {

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final Settings.Lease lease;
  private final String namespace;
  private final String identity;
  private final Runnable whenLost;
  private final LeaseRenewals renewals;
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * Takes part in the election.
   *
   * @param identity this replica's name
   * @param whenLost ends the process
   */
  Leadership(
      Settings.Lease lease,
      String namespace,
      String identity,
      Runnable whenLost,
      LeaseRenewals renewals) {
    this.lease = lease;
    this.namespace = namespace;
    this.identity = identity;
    this.whenLost = whenLost;
    this.renewals = renewals;
  }

  LeaderElectionConfiguration configuration() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        .withLeaseDuration(lease.duration())
        .withRenewDeadline(lease.renewDeadline())
        .withRetryPeriod(lease.retryPeriod())
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(new LeaderCallbacks(this::started, this::stopped, _ -> {}))
        .build();
  }

  boolean isLeading() {
    return leading.get();
  }

  /**
   * Whether no other replica can have taken over by now. A process that was stopped wakes as a
   * leader and learns only later that it is none; what it is about to send must not go out.
   */
  boolean isSurelyLeading() {
    return leading.get()
        && renewals.age().filter(age -> age.compareTo(lease.renewDeadline()) < 0).isPresent();
  }

  /** From now on losing the Lease is intended. */
  void stopping() {
    stopping.set(true);
  }

  /**
   * Gives the Lease back, if it is ours; a failure only means that the next leader waits for it to
   * expire.
   */
  void release(KubernetesClient client) {
    try {
      held(client).ifPresent(ours -> client.resource(withoutHolder(ours)).update());
    } catch (KubernetesClientException e) {
      LOG.atWarn().addKeyValue("lease", lease.name()).setCause(e).log("The Lease was not released");
    }
  }

  private Optional<Lease> held(KubernetesClient client) {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(lease.name()).get())
        .filter(found -> identity.equals(found.getSpec().getHolderIdentity()));
  }

  private static Lease withoutHolder(Lease ours) {
    return new LeaseBuilder(ours)
        .editSpec()
        .withHolderIdentity("")
        .withLeaseDurationSeconds(1)
        .endSpec()
        .build();
  }

  private void started() {
    leading.set(true);
    LOG.atInfo().addKeyValue("identity", identity).log("Leading");
  }

  private void stopped() {
    boolean led = leading.getAndSet(false);
    if (led && !stopping.get()) {
      LOG.atError().addKeyValue("identity", identity).log("Lost the Lease, ending the process");
      whenLost.run();
    }
  }
}
