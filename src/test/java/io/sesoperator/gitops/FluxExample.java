package io.sesoperator.gitops;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code examples/flux} says to Flux. */
final class FluxExample {

  private FluxExample() {}

  /** The expressions for each kind of ours. */
  static Map<String, HealthCheck> healthChecks() {
    return entries().stream()
        .collect(Collectors.toMap(entry -> entry.get("kind").toString(), HealthCheck::new));
  }

  static List<Map<String, Object>> entries() {
    return Examples.files("flux").stream()
        .flatMap(file -> Examples.read(file).stream())
        .filter(document -> "Kustomization".equals(document.get("kind")))
        .map(document -> Examples.map(document.get("spec")))
        .filter(spec -> spec.containsKey("healthCheckExprs"))
        .flatMap(spec -> Examples.maps(spec.get("healthCheckExprs")).stream())
        .toList();
  }
}
