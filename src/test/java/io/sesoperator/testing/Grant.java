package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.kube.Right;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One verb on one resource, of those that a rule grants.
 *
 * @param group empty for the core group
 * @param resource with its subresource, such as {@code smtpcredentials/status}
 * @param namespace absent for the whole cluster
 * @param name absent for all objects
 */
public record Grant(
    String group, String resource, String verb, Optional<String> namespace, Optional<String> name) {

  /** Stands for the operator's own namespace, whichever that is. */
  public static final String OWN = "OWN";

  /** What the rules of a ClusterRole grant, bound in the whole cluster. */
  public static Stream<Grant> inCluster(List<PolicyRule> rules) {
    return rules.stream().flatMap(rule -> of(rule, Optional.empty()));
  }

  /** What the rules of a Role grant in its namespace. */
  public static Stream<Grant> in(String namespace, List<PolicyRule> rules) {
    return rules.stream().flatMap(rule -> of(rule, Optional.of(namespace)));
  }

  static Stream<Grant> of(PolicyRule rule, Optional<String> namespace) {
    List<Optional<String>> names =
        rule.getResourceNames().isEmpty()
            ? List.of(Optional.empty())
            : rule.getResourceNames().stream().map(Optional::of).toList();
    return rule.getApiGroups().stream()
        .flatMap(group ->
            rule.getResources().stream()
                .flatMap(resource ->
                    rule.getVerbs().stream()
                        .flatMap(verb ->
                            names.stream()
                                .map(name -> new Grant(group, resource, verb, namespace, name)))));
  }

  /** The same for an operator in this namespace. */
  public Grant inOwn(String own) {
    Optional<String> there = namespace.map(place -> place.equals(OWN) ? own : place);
    return new Grant(group, resource, verb, there, name);
  }

  /** Whether it allows this request. */
  public boolean allows(AuditLog.Request request) {
    return request.group().equals(group)
        && request.resource().equals(resource)
        && request.verb().equals(verb)
        && namespace.map(request.namespace()::equals).orElse(true)
        && name.map(request.name()::equals).orElse(true);
  }

  PolicyRule rule() {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resource)
        .withVerbs(verb)
        .withResourceNames(name.stream().toList())
        .build();
  }

  /** Whether {@code user} has it, by the API server's own word. */
  public boolean isHeldBy(String user, KubernetesClient client) {
    return client.resource(review(user)).create().getStatus().getAllowed();
  }

  private SubjectAccessReview review(String user) {
    String[] plural = resource.split("/", 2);
    return new SubjectAccessReviewBuilder()
        .withNewSpec()
        .withUser(user)
        .withNewResourceAttributes()
        .withGroup(group)
        .withResource(plural[0])
        .withSubresource(plural.length == 1 ? "" : plural[1])
        .withVerb(verb)
        .withNamespace(namespace.orElse(""))
        .withName(name.orElse(""))
        .endResourceAttributes()
        .endSpec()
        .build();
  }

  @Override
  public String toString() {
    return new Right(group, resource, verb, namespace, name).toString();
  }
}
