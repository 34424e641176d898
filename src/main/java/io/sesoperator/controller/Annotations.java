package io.sesoperator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.sesoperator.plan.Observation.Requests;
import java.util.Map;
import java.util.Optional;

/** The annotations by which people and tools ask for something at once, as Flux has them. */
final class Annotations {

  /** Look at SES now. */
  static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

  /** Push now. */
  static final String FORCE_AT = "reconcile.fluxcd.io/forceAt";

  private Annotations() {}

  static Requests requests(HasMetadata resource) {
    return new Requests(value(resource, REQUESTED_AT), value(resource, FORCE_AT), false);
  }

  private static Optional<String> value(HasMetadata resource, String annotation) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map((Map<String, String> annotations) -> annotations.get(annotation))
        .filter(token -> !token.isEmpty());
  }
}
