package io.sesoperator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.api.SmtpCredential;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class RealApiServerIT {

  private final RealApiServer server;

  RealApiServerIT(RealApiServer server) {
    this.server = server;
  }

  @Test
  void isTheSameForAllTestsOfAJvm(RealApiServer another, ApiServer asInterface) {
    assertThat(another).isSameAs(server).isSameAs(asInterface);
  }

  @Test
  void isAKubernetesOfTodayWithOurResources() {
    assertThat(server.description()).matches("kube-apiserver v1\\.\\d+\\.\\d+");
    assertThat(server.client().resources(SmtpCredential.class).inAnyNamespace().list().getItems())
        .isNotNull();
  }

  @Test
  void givesEachTestANamespaceOfItsOwn() {
    String one = server.newNamespace();
    String other = server.newNamespace(Map.of("team", "shop"));

    assertThat(one).isNotEqualTo(other);
    assertThat(server.client().namespaces().withName(other).get().getMetadata().getLabels())
        .containsEntry("team", "shop")
        .containsEntry("kubernetes.io/metadata.name", other);
  }

  @Test
  void authenticatesServiceAccountsByTokenAndGivesThemNoRights() {
    String namespace = server.newNamespace();
    long before = server.audit().position();

    try (KubernetesClient client = ApiServer.connect(server.configOf(namespace, "robot"))) {
      assertThatThrownBy(() -> client.secrets().inNamespace(namespace).list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("system:serviceaccount:" + namespace + ":robot");
    }

    String user = "system:serviceaccount:" + namespace + ":robot";
    assertThat(server.audit().count(before, user, "list", "secrets")).isEqualTo(1);
  }

  @Test
  void writesDownEveryRequest() {
    String namespace = server.newNamespace();
    long before = server.audit().position();

    server.client().resource(configMap(namespace, "a")).create();
    server.client().configMaps().inNamespace(namespace).withName("a").get();

    List<AuditLog.Request> requests = server.audit().since(before);
    assertThat(requests)
        .filteredOn(request -> request.namespace().equals(namespace))
        .extracting(AuditLog.Request::verb, AuditLog.Request::writes, AuditLog.Request::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("create", true, 201),
            org.assertj.core.groups.Tuple.tuple("get", false, 200));
    assertThat(server.audit().count(before, "admin", "create", "configmaps")).isEqualTo(1);
  }

  @Test
  void givesAKubeconfig() {
    Config config = Config.fromKubeconfig(server.kubeconfig());

    try (KubernetesClient client = ApiServer.connect(config)) {
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    }
  }

  /** On a server of its own: the shared one must not go away below other tests. */
  @Test
  void canCrashAndHangAndComeBackWithItsData() {
    try (RealApiServer own = RealApiServer.start(KubeBinaries.find().orElseThrow())) {
      Config impatient =
          new ConfigBuilder(own.config())
              .withRequestTimeout(500)
              .withRequestRetryBackoffLimit(0)
              .build();
      try (KubernetesClient client = ApiServer.connect(impatient)) {
        client.resource(configMap("default", "kept")).create();

        own.kill();
        assertThatThrownBy(() -> client.configMaps().list())
            .hasStackTraceContaining("ConnectException");

        own.restart();
        assertThat(client.configMaps().inNamespace("default").withName("kept").get()).isNotNull();

        own.pause();
        assertThatThrownBy(() -> client.configMaps().list())
            .isInstanceOf(KubernetesClientException.class);

        own.resume();
        assertThat(client.configMaps().inNamespace("default").withName("kept").get()).isNotNull();
      }
    }
  }

  private static io.fabric8.kubernetes.api.model.ConfigMap configMap(
      String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }
}
