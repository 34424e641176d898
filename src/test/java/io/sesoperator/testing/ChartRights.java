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
import io.sesoperator.kube.KubernetesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A ServiceAccount with the rights that the chart gives to the operator, and not one more. */
public final class ChartRights {

  private static final Path RULES = Path.of("helm", "ses-operator", "files", "rbac");
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String ACCOUNT = "ses-operator";

  private ChartRights() {}

  /** The rules in one file of the chart. */
  public static List<PolicyRule> rules(String file) {
    try {
      return KubernetesJson.create()
          .unmarshal(Files.readString(RULES.resolve(file)), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each single right that the chart gives to the operator. */
  public static List<Grant> all() {
    return Stream.concat(
            grants(Optional.empty(), "cluster.yaml", "watched.yaml"),
            grants(Optional.of(Grant.OWN), "own.yaml", "lease.yaml"))
        .toList();
  }

  /** The same for an operator that watches these namespaces only. */
  public static List<Grant> in(Set<String> watched) {
    return Stream.of(
            grants(Optional.empty(), "cluster.yaml"),
            watched.stream().flatMap(namespace -> grants(Optional.of(namespace), "watched.yaml")),
            grants(Optional.of(Grant.OWN), "own.yaml", "keys.yaml", "lease.yaml"))
        .flatMap(grants -> grants)
        .toList();
  }

  private static Stream<Grant> grants(Optional<String> namespace, String... files) {
    return Stream.of(files)
        .flatMap(file -> rules(file).stream())
        .flatMap(rule -> Grant.of(rule, namespace));
  }

  public static List<Grant> allBut(Grant missing) {
    return all().stream().filter(Predicate.not(missing::equals)).toList();
  }

  /** How an operator in this namespace connects. */
  public static Config grant(RealApiServer server, String namespace) {
    return grant(server, namespace, all());
  }

  /** How an operator in this namespace connects, with these rights instead. */
  public static Config grant(RealApiServer server, String namespace, List<Grant> grants) {
    set(server, namespace, grants);
    return server.configOf(namespace, ACCOUNT);
  }

  /** Changes the rights of an operator, which may be running; returns when they hold. */
  public static void set(RealApiServer server, String namespace, List<Grant> grants) {
    KubernetesClient client = server.client();
    List<Grant> wanted = grants.stream().map(grant -> grant.inOwn(namespace)).toList();
    setInCluster(client, namespace, rules(wanted, Optional.empty()));
    Stream.concat(
            Stream.of(namespace), wanted.stream().flatMap(grant -> grant.namespace().stream()))
        .distinct()
        .forEach(place -> setIn(client, namespace, place, rules(wanted, Optional.of(place))));
    // the authorizer learns of roles by a watch
    Awaitility.await("the rights of " + user(namespace))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> hold(client, namespace, wanted));
  }

  /** What the audit log calls this user. */
  public static String user(String namespace) {
    return "system:serviceaccount:" + namespace + ":" + ACCOUNT;
  }

  private static boolean hold(KubernetesClient client, String namespace, List<Grant> wanted) {
    return Stream.concat(wanted.stream(), all().stream().map(grant -> grant.inOwn(namespace)))
        .distinct()
        .allMatch(grant -> grant.isHeldBy(user(namespace), client) == wanted.contains(grant));
  }

  private static List<PolicyRule> rules(List<Grant> grants, Optional<String> namespace) {
    return grants.stream()
        .filter(grant -> grant.namespace().equals(namespace))
        .map(Grant::rule)
        .toList();
  }

  private static void setInCluster(
      KubernetesClient client, String namespace, List<PolicyRule> rules) {
    ObjectMeta named = new ObjectMetaBuilder().withName(ACCOUNT + "-" + namespace).build();
    client
        .resource(new ClusterRoleBuilder().withMetadata(named).withRules(rules).build())
        .serverSideApply();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withMetadata(named)
                .withSubjects(subject(namespace))
                .withNewRoleRef(GROUP, "ClusterRole", named.getName())
                .build())
        .serverSideApply();
  }

  private static void setIn(
      KubernetesClient client, String namespace, String place, List<PolicyRule> rules) {
    ObjectMeta named =
        new ObjectMetaBuilder().withNamespace(place).withName(ACCOUNT + "-" + namespace).build();
    client
        .resource(new RoleBuilder().withMetadata(named).withRules(rules).build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withMetadata(named)
                .withSubjects(subject(namespace))
                .withNewRoleRef(GROUP, "Role", named.getName())
                .build())
        .serverSideApply();
  }

  private static Subject subject(String namespace) {
    return new SubjectBuilder()
        .withKind("ServiceAccount")
        .withNamespace(namespace)
        .withName(ACCOUNT)
        .build();
  }
}
