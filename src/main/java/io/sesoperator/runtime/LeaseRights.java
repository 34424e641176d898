package io.sesoperator.runtime;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether RBAC lets the operator lead. JOSDK's own check leaves out {@code patch}, with which
 * fabric8 renews: such a leader would lose its Lease again and again.
 */
final class LeaseRights {

  private static final List<String> NEEDED = List.of("get", "create", "update", "patch");
  private static final String ANY = "*";

  private LeaseRights() {}

  /**
   * Checks them.
   *
   * @throws IllegalStateException naming the verbs that are missing
   */
  static void check(KubernetesClient client, String namespace, String lease) {
    List<String> allowed =
        client.resource(review(namespace)).create().getStatus().getResourceRules().stream()
            .filter(rule -> covers(rule, lease))
            .flatMap(rule -> rule.getVerbs().stream())
            .toList();
    List<String> missing = NEEDED.stream().filter(verb -> !includes(allowed, verb)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "No right to %s the Lease %s in namespace %s (leases in coordination.k8s.io)"
              .formatted(String.join(", ", missing), lease, namespace));
    }
  }

  private static SelfSubjectRulesReview review(String namespace) {
    return new SelfSubjectRulesReviewBuilder()
        .withNewSpec()
        .withNamespace(namespace)
        .endSpec()
        .build();
  }

  private static boolean covers(ResourceRule rule, String lease) {
    List<String> names = rule.getResourceNames();
    return includes(rule.getApiGroups(), "coordination.k8s.io")
        && includes(rule.getResources(), "leases")
        && (names.isEmpty() || names.contains(lease));
  }

  private static boolean includes(List<String> values, String value) {
    return Stream.of(ANY, value).anyMatch(values::contains);
  }
}
