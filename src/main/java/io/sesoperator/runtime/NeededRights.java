package io.sesoperator.runtime;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Right;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All rights that the operator uses, and no other. The chart grants the same in {@code files/rbac};
 * tests hold the two equal, and to what the API server is really asked for.
 */
final class NeededRights {

  private static final Set<String> CLUSTER = Set.of();

  private static final String CORE = "";
  private static final String OURS = SmtpCredential.GROUP;
  private static final String EVENTS = "events.k8s.io";
  private static final String COORDINATION = "coordination.k8s.io";

  private NeededRights() {}

  /** Those of an operator that is set up in this way, in the namespace {@code own}. */
  static List<Right> of(Settings settings, String own) {
    return Stream.concat(toManage(settings, own), toLead(settings, Set.of(own))).toList();
  }

  private static Stream<Right> toManage(Settings settings, String own) {
    Set<String> watched = settings.watchNamespaces();
    return Stream.of(
            // patch: the finalizer of deletionPolicy: Revoke
            rights(watched, OURS, "smtpcredentials", "list", "watch", "patch"),
            rights(watched, OURS, "smtpcredentials/status", "patch"),
            rights(CLUSTER, OURS, "sesaccounts", "list", "watch"),
            rights(CLUSTER, OURS, "sesaccounts/status", "patch"),
            rights(settings.namespacesOfSecrets(own), CORE, "secrets", "get", "list", "watch"),
            // for the namespaceSelector of an account
            rights(CLUSTER, CORE, "namespaces", "list", "watch"),
            // patch: what is told again is counted
            rights(watched, EVENTS, "events", "create", "patch"),
            // the key of the digests, made at the first start
            rights(Set.of(own), CORE, "secrets", "create"))
        .flatMap(rights -> rights);
  }

  private static Stream<Right> toLead(Settings settings, Set<String> own) {
    return settings.leaderElection().stream()
        .flatMap(lease ->
            Stream.concat(
                rights(own, COORDINATION, "leases", "create"),
                rights(own, COORDINATION, "leases", "get", "update", "patch")
                    .map(right -> right.to(lease.name()))));
  }

  /**
   * One for each namespace and verb.
   *
   * @param namespaces the whole cluster if empty
   */
  private static Stream<Right> rights(
      Set<String> namespaces, String group, String resource, String... verbs) {
    List<Right> everywhere =
        Stream.of(verbs).map(verb -> Right.inCluster(group, resource, verb)).toList();
    return namespaces.isEmpty()
        ? everywhere.stream()
        : namespaces.stream()
            .sorted()
            .flatMap(namespace -> everywhere.stream().map(right -> right.in(namespace)));
  }
}
