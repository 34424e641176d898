package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * The last call to SES: what a support ticket needs.
 *
 * @param requestId absent when no answer came
 * @param errorCode absent after a success; the provider's {@code Code}, or a {@code ClientError}
 *     code of ours when no usable answer came
 * @param time when the answer came or was given up, UTC
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LastCall(
    String action, Optional<String> requestId, Optional<String> errorCode, Instant time) {

  public LastCall {
    action = Defaults.text(action, "");
    requestId = Defaults.value(requestId, Optional.empty());
    errorCode = Defaults.value(errorCode, Optional.empty());
    time = Defaults.value(time, Instant.EPOCH);
  }
}
