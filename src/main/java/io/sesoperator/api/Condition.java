package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One condition in the shape of {@code metav1.Condition}.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param observedGeneration the generation of the resource that this condition was computed for
 * @param lastTransitionTime when {@code status} last changed, UTC
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Condition(
    String type,
    String status,
    long observedGeneration,
    Instant lastTransitionTime,
    String reason,
    String message) {

  public static final String READY = "Ready";
  public static final String RECONCILING = "Reconciling";
  public static final String STALLED = "Stalled";
  public static final String DRIFTED = "Drifted";
  public static final String VERIFIED = "Verified";

  public Condition {
    type = Defaults.text(type, "");
    status = Defaults.text(status, "Unknown");
    lastTransitionTime = Defaults.value(lastTransitionTime, Instant.EPOCH);
    reason = Defaults.text(reason, "");
    message = Defaults.text(message, "");
  }

  /** Whether the status is {@code True}. */
  public boolean holds() {
    return status.equals("True");
  }
}
