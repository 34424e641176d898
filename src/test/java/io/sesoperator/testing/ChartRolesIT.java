package io.sesoperator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class ChartRolesIT {

  private final RealApiServer server;

  ChartRolesIT(RealApiServer server) {
    this.server = server;
  }

  @Test
  void giveTheOperatorWhatItNeedsAndNoMore() {
    String own = server.newNamespace();
    String other = server.newNamespace();

    try (KubernetesClient client = ApiServer.connect(ChartRoles.grant(server, own))) {
      // the authorizer learns of new roles by a watch
      Awaitility.await().until(() -> may(client, other, "list", "secrets", ""));

      for (String verb : List.of("get", "list", "watch")) {
        assertThat(may(client, other, verb, "smtpcredentials.ses-operator.io", "")).isTrue();
        assertThat(may(client, "", verb, "sesaccounts.ses-operator.io", "")).isTrue();
        assertThat(may(client, "", verb, "namespaces", "")).isTrue();
      }
      assertThat(may(client, other, "patch", "smtpcredentials.ses-operator.io/status", ""))
          .isTrue();
      assertThat(may(client, other, "create", "events.events.k8s.io", "")).isTrue();
      assertThat(may(client, own, "create", "secrets", "")).isTrue();
      assertThat(may(client, own, "patch", "leases.coordination.k8s.io", "ses-operator")).isTrue();

      for (String verb : List.of("create", "update", "patch", "delete")) {
        assertThat(may(client, other, verb, "smtpcredentials.ses-operator.io", "")).isFalse();
        assertThat(may(client, other, verb, "secrets", "")).isFalse();
        assertThat(may(client, "", verb, "sesaccounts.ses-operator.io", "")).isFalse();
      }
      assertThat(may(client, own, "update", "secrets", "")).isFalse();
      assertThat(may(client, own, "delete", "secrets", "")).isFalse();
      assertThat(may(client, own, "patch", "leases.coordination.k8s.io", "another")).isFalse();
      assertThat(may(client, other, "create", "pods", "")).isFalse();
    }
  }

  /**
   * @param resource as for kubectl: {@code plural.group/subresource}
   */
  private static boolean may(
      KubernetesClient client, String namespace, String verb, String resource, String name) {
    String[] parts = (resource + "/").split("/", -1);
    String[] pluralAndGroup = (parts[0] + ".").split("\\.", 2);
    return client
        .resource(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(verb)
                .withGroup(pluralAndGroup[1].replaceFirst("\\.$", ""))
                .withResource(pluralAndGroup[0])
                .withSubresource(parts[1])
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build())
        .create()
        .getStatus()
        .getAllowed();
  }
}
