package io.sesoperator.runtime;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.kube.Right;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Whether the API server lets the operator do all that it must.
 *
 * <p>It is asked once for each right, by a SelfSubjectAccessReview, which is answered as a real
 * request would be. A SelfSubjectRulesReview lists all rules of a namespace at once, but may be
 * incomplete, and does not tell what holds there alone from what holds in the whole cluster. Every
 * user may ask ({@code system:basic-user}).
 */
final class Rights {

  /** Of the 100 requests that one HTTP/2 connection carries. */
  private static final int MOST_AT_ONCE = 20;

  private final KubernetesClient client;
  private final List<Right> needed;

  Rights(KubernetesClient client, List<Right> needed) {
    this.client = client;
    this.needed = List.copyOf(needed);
  }

  /**
   * Fails early and in plain words where watches, status and leader election would fail later.
   *
   * @throws IllegalStateException naming each right that is missing, and who must act
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked
   */
  void check() {
    List<Right> missing = missing();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%s has no right to %s. A cluster administrator must grant what the chart's roles grant"
              .formatted(user(), inWords(missing)));
    }
  }

  /**
   * The rights that the operator does not have.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked
   */
  List<Right> missing() {
    return needed.stream()
        .gather(Gatherers.mapConcurrent(MOST_AT_ONCE, this::unlessGranted))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Such as {@code list, watch secrets in the whole cluster; create events of …}. */
  static String inWords(List<Right> rights) {
    return rights.stream()
        .collect(groupingBy(Right::object, LinkedHashMap::new, mapping(Right::verb, joining(", "))))
        .entrySet()
        .stream()
        .map(verbs -> verbs.getValue() + " " + verbs.getKey())
        .collect(joining("; "));
  }

  private Optional<Right> unlessGranted(Right right) {
    return client.resource(right.review()).create().getStatus().getAllowed()
        ? Optional.empty()
        : Optional.of(right);
  }

  private String user() {
    return client
        .resource(new SelfSubjectReview())
        .create()
        .getStatus()
        .getUserInfo()
        .getUsername();
  }
}
