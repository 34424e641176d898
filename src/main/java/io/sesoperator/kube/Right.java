package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.util.Optional;

/**
 * Permission for one verb on one resource, as a rule of RBAC gives it.
 *
 * @param group empty for the core group
 * @param resource its plural, with the subresource if it is one: {@code smtpcredentials/status}
 * @param namespace absent for the whole cluster
 * @param name the only object; absent for all
 */
public record Right(
    String group, String resource, String verb, Optional<String> namespace, Optional<String> name) {

  /** One that holds for all objects, wherever they are. */
  public static Right inCluster(String group, String resource, String verb) {
    return new Right(group, resource, verb, Optional.empty(), Optional.empty());
  }

  /** The same within one namespace. */
  public Right in(String only) {
    return new Right(group, resource, verb, Optional.of(only), name);
  }

  /** The same for one object alone. */
  public Right to(String only) {
    return new Right(group, resource, verb, namespace, Optional.of(only));
  }

  /** Whether the operator learns by it what there is. */
  public boolean informs() {
    return verb.equals("list") || verb.equals("watch");
  }

  /** What the verb is done to, in words. */
  public String object() {
    return resource
        + (group.isEmpty() ? "" : " of " + group)
        + name.map(only -> " named " + only).orElse("")
        + namespace.map(only -> " in namespace " + only).orElse(" in the whole cluster");
  }

  /** Asks the API server whether the one who asks has this right. */
  public SelfSubjectAccessReview review() {
    String[] plural = resource.split("/", 2);
    return new SelfSubjectAccessReviewBuilder()
        .withNewSpec()
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

  /** Such as {@code get secrets named smtp in namespace shop}. */
  @Override
  public String toString() {
    return verb + " " + object();
  }
}
