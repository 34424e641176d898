package io.sesoperator.tencent;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the body of an answer with HTTP 200: {@code {"Response": {"RequestId": ...}}}, with {@code
 * Error} in it after a failure.
 */
final class AnswerParser {

  /** A name that stands there twice could say both that it failed and that it did not. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  /** Both end up in status and logs, so what looks otherwise is not passed on. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.]{1,100}");

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private AnswerParser() {}

  static ApiResult parse(String body, Optional<Duration> clockSkew) {
    JsonNode response = read(body).path("Response");
    Optional<String> requestId = text(response.path("RequestId"), REQUEST_ID);
    Optional<String> code = text(response.path("Error").path("Code"), CODE);
    if (code.isPresent()) {
      return new ApiFailure(code.get(), requestId, clockSkew);
    }
    // Only what is surely a success may pass for one: "200 {}" was seen from gateways.
    if (response.has("Error") || requestId.isEmpty()) {
      return new ApiFailure(ClientError.INVALID_RESPONSE, requestId, clockSkew);
    }
    return new ApiResponse(response, requestId.get(), clockSkew);
  }

  /**
   * The JSON, or what stands for nothing. Not from bytes: there, Jackson takes some names that are
   * no UTF-8 for others that it has met (ByteQuadsCanonicalizer pads names with 0xFF).
   */
  static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException _) {
      return JSON.missingNode();
    }
  }

  private static Optional<String> text(JsonNode node, Pattern allowed) {
    return Optional.ofNullable(node.textValue()).filter(allowed.asMatchPredicate());
  }
}
