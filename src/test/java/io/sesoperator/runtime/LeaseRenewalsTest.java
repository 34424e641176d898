package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.kube.KubernetesClients;
import io.sesoperator.testing.MockApiServer;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseRenewalsTest {

  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final TestClock clock = new TestClock();
  private final LeaseRenewals renewals = new LeaseRenewals("system", nanos::get, clock);
  private final MockApiServer server = new MockApiServer();
  private final KubernetesClient client = KubernetesClients.create(server.config(), renewals);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void knowsOfNoneAtFirst() {
    client.leases().inNamespace("system").list();
    assertThat(renewals.age()).isEmpty();
  }

  @Test
  void countsFromTheLastWriteOfALease() {
    create("system");
    pass(Duration.ofSeconds(3));
    assertThat(renewals.age()).contains(Duration.ofSeconds(3));

    renew();
    pass(Duration.ofSeconds(1));
    assertThat(renewals.age()).contains(Duration.ofSeconds(1));
  }

  @Test
  void believesTheClockThatSaysMore() {
    create("system");
    pass(Duration.ofSeconds(3));
    clock.advance(Duration.ofMinutes(5)); // the machine was suspended
    assertThat(renewals.age()).contains(Duration.ofMinutes(5));

    clock.advance(Duration.ofHours(-1));
    assertThat(renewals.age()).contains(Duration.ofSeconds(3));
  }

  @Test
  void countsNeitherReadsNorOtherObjectsNorOtherNamespaces() {
    create("elsewhere");
    client.leases().inNamespace("system").list();
    client.configMaps().inNamespace("system").list();

    assertThat(renewals.age()).isEmpty();
  }

  @Test
  void countsNoWriteThatFails() {
    create("system");
    pass(Duration.ofSeconds(3));
    try {
      create("system");
    } catch (KubernetesClientException _) {
      // it is there already
    }

    assertThat(renewals.age()).contains(Duration.ofSeconds(3));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void create(String namespace) {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("ses-operator")
                .endMetadata()
                .build())
        .create();
  }

  private void renew() {
    client
        .leases()
        .inNamespace("system")
        .withName("ses-operator")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"me\"}}");
  }
}
