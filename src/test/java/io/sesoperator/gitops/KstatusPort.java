package io.sesoperator.gitops;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What kstatus makes of a custom resource, from its JSON: kubernetes-sigs/cli-utils,
 * pkg/kstatus/status/generic.go and the Ready condition of status.go, rule by rule.
 */
enum KstatusPort {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static KstatusPort of(Map<String, Object> resource) {
    Map<String, Object> metadata = map(resource.get("metadata"));
    Map<String, Object> status = map(resource.get("status"));
    if (!Objects.requireNonNullElse(metadata.get("deletionTimestamp"), "").equals("")) {
      return TERMINATING;
    }
    if (isUnobserved(metadata, status)) {
      return IN_PROGRESS;
    }
    return ofConditions(conditions(status));
  }

  private static boolean isUnobserved(Map<String, Object> metadata, Map<String, Object> status) {
    return metadata.get("generation") instanceof Number generation
        && status.get("observedGeneration") instanceof Number observed
        && observed.longValue() != generation.longValue();
  }

  private static KstatusPort ofConditions(List<Map<String, Object>> conditions) {
    for (Map<String, Object> condition : conditions) {
      if (is(condition, "Reconciling", "True")) {
        return IN_PROGRESS;
      }
      if (is(condition, "Stalled", "True")) {
        return FAILED;
      }
    }
    return conditions.stream()
        .filter(condition -> "Ready".equals(condition.get("type")))
        .findFirst()
        .map(ready -> is(ready, "Ready", "True") ? CURRENT : IN_PROGRESS)
        .orElse(CURRENT);
  }

  private static boolean is(Map<String, Object> condition, String type, String status) {
    return type.equals(condition.get("type")) && status.equals(condition.get("status"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> conditions(Map<String, Object> status) {
    return (List<Map<String, Object>>) status.getOrDefault("conditions", List.of());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
