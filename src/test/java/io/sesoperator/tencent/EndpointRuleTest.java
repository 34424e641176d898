package io.sesoperator.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRuleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ses.example.com",
        "https://ses.example.com:8443",
        "http://localhost:8484",
        "http://127.0.0.1",
        "http://[::1]:8484"
      })
  void acceptsHttpsAndLoopback(String endpoint) {
    assertThat(new EndpointRule(false).accept(endpoint)).contains(URI.create(endpoint));
    assertThat(new EndpointRule(true).accept(endpoint)).contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://ses.example.com", "http://127.0.0.1.example.com", "http://localhost.evil"})
  void acceptsPlainHttpBeyondLoopbackOnlyIfItIsAllowed(String endpoint) {
    assertThat(new EndpointRule(false).accept(endpoint)).isEmpty();
    assertThat(new EndpointRule(true).accept(endpoint)).contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ses.example.com",
        "//ses.example.com",
        "ftp://ses.example.com",
        "file:///etc/passwd",
        "https:ses",
        "https://",
        "https://user:key@ses.example.com",
        "https://a b"
      })
  void acceptsNothingElse(String endpoint) {
    assertThat(new EndpointRule(true).accept(endpoint)).isEmpty();
  }
}
