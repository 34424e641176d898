package io.sesoperator.runtime;

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
record Right(
    String group, String resource, String verb, Optional<String> namespace, Optional<String> name) {

  /** One that holds for all objects, wherever they are. */
  static Right inCluster(String group, String resource, String verb) {
    return new Right(group, resource, verb, Optional.empty(), Optional.empty());
  }

  Right in(String only) {
    return new Right(group, resource, verb, Optional.of(only), name);
  }

  Right to(String only) {
    return new Right(group, resource, verb, namespace, Optional.of(only));
  }

  /** Whether the operator learns by it what there is. */
  boolean informs() {
    return verb.equals("list") || verb.equals("watch");
  }

  /** What the verb is done to, in words. */
  String object() {
    return resource
        + (group.isEmpty() ? "" : " of " + group)
        + name.map(only -> " named " + only).orElse("")
        + namespace.map(only -> " in namespace " + only).orElse(" in the whole cluster");
  }

  /** Asks the API server whether the one who asks has this right. */
  SelfSubjectAccessReview review() {
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
}
