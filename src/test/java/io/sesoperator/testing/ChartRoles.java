package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rights that the chart gives to the operator. */
public final class ChartRoles {

  private static final Path RULES = Path.of("helm/ses-operator/files/rbac");

  private ChartRoles() {}

  /**
   * Makes a ServiceAccount in {@code namespace} with exactly the chart's rights there and in the
   * cluster, and tells how a Pod of it connects.
   */
  public static Config grant(RealApiServer server, String namespace) {
    KubernetesClient client = server.client();
    client.resource(clusterRole(client, namespace)).serverSideApply();
    client.resource(role(client, namespace)).serverSideApply();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("ses-operator-" + namespace)
                .endMetadata()
                .withNewRoleRef(
                    "rbac.authorization.k8s.io", "ClusterRole", "ses-operator-" + namespace)
                .addNewSubject("", "ServiceAccount", "ses-operator", namespace)
                .build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("ses-operator")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "ses-operator")
                .addNewSubject("", "ServiceAccount", "ses-operator", namespace)
                .build())
        .serverSideApply();
    return server.configOf(namespace, "ses-operator");
  }

  private static ClusterRole clusterRole(KubernetesClient client, String namespace) {
    ClusterRole role =
        client
            .getKubernetesSerialization()
            .unmarshal("metadata: {}\nrules:\n" + rules("cluster.yaml"), ClusterRole.class);
    role.getMetadata().setName("ses-operator-" + namespace);
    return role;
  }

  private static Role role(KubernetesClient client, String namespace) {
    Role role =
        client
            .getKubernetesSerialization()
            .unmarshal("metadata: {}\nrules:\n" + rules("namespace.yaml"), Role.class);
    role.getMetadata().setName("ses-operator");
    role.getMetadata().setNamespace(namespace);
    return role;
  }

  private static String rules(String file) {
    try {
      return Files.readString(RULES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
