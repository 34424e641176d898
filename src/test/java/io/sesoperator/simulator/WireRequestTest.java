package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireRequestTest {

  @ParameterizedTest
  @CsvSource({
    "/, /, ''",
    "/?, /, ''",
    "/a/b?x=1, /a/b, x=1",
    "/a?x=/b?c, /a, x=/b?c",
    "http://ses.example.com/a?x=1, /a, x=1",
    "http://ses.example.com?x=1, '', x=1",
    "http://ses.example.com, '', ''"
  })
  void splitsItsTargetIntoPathAndQuery(String target, String path, String query) {
    WireRequest request = new WireRequest("GET", target, Map.of(), new byte[0]);

    assertThat(request.path()).isEqualTo(path);
    assertThat(request.query()).isEqualTo(query);
  }
}
