package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

  private static final ApiResult NO_ANSWER =
      new ApiFailure("ClientError.InvalidResponse", Optional.empty(), Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Response': {'Error': {'Code': 'InternalError'}}, 'Response': {'RequestId': 'a-1'}}",
        "{'Response': {'RequestId': 'a-1', 'RequestId': 'b-2'}}",
        "{'Response': {'Error': {'Code': 'A', 'Code': 'B'}, 'RequestId': 'a-1'}}"
      })
  void believesNoAnswerThatSaysTwoThings(String body) {
    assertThat(parse(body)).isEqualTo(NO_ANSWER);
  }

  @Test
  void takesNoNameThatIsNotUtf8ForOneThatItKnows() {
    assertThat(parse("{'Response': {'RequestId': 'a-1', 'More': {'de': 1}}}"))
        .isInstanceOf(ApiResponse.class);

    ApiResponse odd =
        (ApiResponse) parse("{'Response': {'RequestId': 'a-1', 'More': {'\u00ff\u00ffde': 1}}}");

    assertThat(odd.response().path("More").has("de")).isFalse();
  }

  private static ApiResult parse(String body) {
    return AnswerParser.parse(
        new String(body.replace('\'', '"').getBytes(ISO_8859_1), UTF_8), Optional.empty());
  }
}
