package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Whatever a server, a proxy or a captive portal answers with HTTP 200. */
class AnswerParserFuzzTest {

  private static final Optional<Duration> SKEW = Optional.of(Duration.ofSeconds(3));

  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @FuzzTarget
  void takesOnlyWhatIsSurelyASuccessForOneAndNoTextOfTheServer(byte[] bytes) throws IOException {
    String body = new String(bytes, UTF_8);

    ApiResult result = AnswerParser.parse(body, SKEW);

    assertThat(result.clockSkew()).isEqualTo(SKEW);
    switch (result) {
      case ApiResponse success -> isUnmistakable(success, body);
      case ApiFailure failure -> tellsNothingButCodes(failure);
    }
  }

  private static void isUnmistakable(ApiResponse success, String body) throws IOException {
    JsonNode response = read(body).path("Response");
    assertThat(response.isObject()).isTrue();
    assertThat(response.has("Error")).isFalse();
    assertThat(response.path("RequestId").isTextual()).isTrue();
    assertThat(response.path("RequestId").textValue()).isEqualTo(success.requestId());
    assertThat(success.requestId()).matches("[A-Za-z0-9_.-]{1,100}");
    assertThat(success.response()).isEqualTo(response);
  }

  private static void tellsNothingButCodes(ApiFailure failure) {
    assertThat(failure.code()).matches("[A-Za-z0-9_.]{1,100}");
    failure.requestId().ifPresent(id -> assertThat(id).matches("[A-Za-z0-9_.-]{1,100}"));
  }

  private static JsonNode read(String body) throws IOException {
    try {
      return STRICT.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("A success that strict JSON is not", e);
    }
  }
}
