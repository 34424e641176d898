package io.sesoperator.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A ServiceAccount with the rights that the chart gives to the operator, and not one more. */
public final class ChartRights {

  private static final Path RULES = Path.of("helm", "ses-operator", "files", "rbac");
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String ACCOUNT = "ses-operator";

  private ChartRights() {}

  /** How an operator in this namespace connects. */
  public static Config grant(RealApiServer server, String namespace) {
    return grant(server, namespace, _ -> true);
  }

  /** The same with only some of the rules that hold in the operator's own namespace. */
  public static Config grant(
      RealApiServer server, String namespace, Predicate<PolicyRule> inOwnNamespace) {
    grantEverywhere(server.client(), namespace);
    grantInOwnNamespace(server.client(), namespace, inOwnNamespace);
    return server.configOf(namespace, ACCOUNT);
  }

  private static void grantEverywhere(KubernetesClient client, String namespace) {
    String name = ACCOUNT + "-" + namespace;
    client
        .resource(
            new ClusterRoleBuilder()
                .withMetadata(named(name))
                .withRules(rules(client, "cluster.yaml"))
                .build())
        .create();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withMetadata(named(name))
                .withSubjects(subject(namespace))
                .withNewRoleRef(GROUP, "ClusterRole", name)
                .build())
        .create();
  }

  private static void grantInOwnNamespace(
      KubernetesClient client, String namespace, Predicate<PolicyRule> filter) {
    List<PolicyRule> rules = rules(client, "namespace.yaml").stream().filter(filter).toList();
    client
        .resource(new RoleBuilder().withMetadata(named(ACCOUNT)).withRules(rules).build())
        .inNamespace(namespace)
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withMetadata(named(ACCOUNT))
                .withSubjects(subject(namespace))
                .withNewRoleRef(GROUP, "Role", ACCOUNT)
                .build())
        .inNamespace(namespace)
        .create();
  }

  /** What the audit log calls this user. */
  public static String user(String namespace) {
    return "system:serviceaccount:" + namespace + ":" + ACCOUNT;
  }

  private static Subject subject(String namespace) {
    return new SubjectBuilder()
        .withKind("ServiceAccount")
        .withNamespace(namespace)
        .withName(ACCOUNT)
        .build();
  }

  private static ObjectMeta named(String name) {
    return new ObjectMetaBuilder().withName(name).build();
  }

  private static List<PolicyRule> rules(KubernetesClient client, String file) {
    try {
      return client
          .getKubernetesSerialization()
          .unmarshal(Files.readString(RULES.resolve(file)), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
