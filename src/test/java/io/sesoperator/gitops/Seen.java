package io.sesoperator.gitops;

import io.fabric8.kubernetes.client.CustomResource;
import io.sesoperator.api.Condition;
import java.util.List;
import java.util.Optional;

/** The part of a resource that GitOps tools judge it by. */
record Seen(
    String kind,
    long generation,
    boolean suspended,
    boolean deleted,
    long observed,
    List<Condition> conditions) {

  private static final int MOST_CONDITIONS = 7;
  private static final List<String> TYPES =
      List.of(
          Condition.READY,
          Condition.RECONCILING,
          Condition.STALLED,
          Condition.VERIFIED,
          Condition.DRIFTED);
  private static final List<String> STATUSES = List.of("True", "False", "Unknown");

  /**
   * What can make a difference to a tool, in one number, for it is asked millions of times: kind,
   * suspension, deletion, whether the generation is observed, and type, status and generation of
   * each condition in its order.
   *
   * @param reason the first condition's, which is Ready's
   */
  record Shape(long bits, String reason) {}

  static Seen of(
      CustomResource<?, ?> resource, boolean suspended, long observed, List<Condition> conditions) {
    return new Seen(
        resource.getKind(),
        resource.getMetadata().getGeneration(),
        suspended,
        resource.isMarkedForDeletion(),
        observed,
        conditions);
  }

  boolean isObserved() {
    return observed == generation;
  }

  /** Empty if a condition of this type is not there. */
  String status(String type) {
    return conditions.stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::status)
        .findFirst()
        .orElse("");
  }

  /** Absent if there are more conditions than have room. */
  Optional<Shape> shape() {
    if (conditions.size() > MOST_CONDITIONS) {
      return Optional.empty();
    }
    long bits = 1;
    bits = bits << 1 | (kind.equals("SesAccount") ? 1 : 0);
    bits = bits << 1 | (suspended ? 1 : 0);
    bits = bits << 1 | (deleted ? 1 : 0);
    bits = bits << 2 | (1 + Long.compare(observed, generation));
    for (Condition condition : conditions) {
      bits = bits << 3 | (1 + TYPES.indexOf(condition.type()));
      bits = bits << 2 | (1 + STATUSES.indexOf(condition.status()));
      bits = bits << 2 | (1 + Long.compare(condition.observedGeneration(), generation));
    }
    return Optional.of(new Shape(bits, conditions.isEmpty() ? "" : conditions.getFirst().reason()));
  }
}
