package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import io.sesoperator.tencent.Tc3Signer.Signable;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.RawServer;
import io.sesoperator.testing.TestClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call sends, and what each complete answer means. */
class Tc3ClientTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String BODY = "{\"Password\":\"" + Canary.password() + "\"}";
  private static final Credential CREDENTIAL = new Credential("theId", "theKey", Optional.empty());

  private final TestClock clock = new TestClock(NOW);
  private final Tc3Client client =
      new Tc3Client(Duration.ofSeconds(5), Duration.ofSeconds(10), clock);

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void sendsASignedRequest() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      call(server, CREDENTIAL);

      RawServer.Request request = server.requests.getFirst();
      assertThat(request.line()).isEqualTo("POST / HTTP/1.1");
      assertThat(request.body()).isEqualTo(BODY);
      assertThat(request.headers())
          .containsAllEntriesOf(
              Map.of(
                  "host", server.endpoint().getAuthority(),
                  "content-type", "application/json; charset=utf-8",
                  "x-tc-action", "DescribeThings",
                  "x-tc-version", "2020-01-01",
                  "x-tc-region", "ap-test",
                  "x-tc-timestamp", Long.toString(NOW.getEpochSecond()),
                  "x-tc-language", "en-US",
                  "authorization", signatureOf(request)))
          .doesNotContainKeys("x-tc-token", "upgrade", "http2-settings");
    }
  }

  @Test
  void sendsTheTokenOfATemporaryCredential() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      call(server, new Credential("theId", "theKey", Optional.of("theToken")));

      assertThat(server.requests.getFirst().headers()).containsEntry("x-tc-token", "theToken");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://ses.example.com, ses.example.com",
    "https://ses.example.com:443, ses.example.com",
    "HTTPS://ses.example.com:443/, ses.example.com",
    "https://ses.example.com:8443, ses.example.com:8443",
    "http://localhost:80, localhost",
    "http://localhost:443, localhost:443",
    "http://127.0.0.1:8080, 127.0.0.1:8080",
    "http://[::1]:8080, [::1]:8080",
  })
  void signsTheHostThatIsSent(URI endpoint, String host) {
    assertThat(new ApiCall(endpoint, "ses", "v", "r", "a").host()).isEqualTo(host);
  }

  @Test
  void passesOnTheResponse() throws IOException {
    ApiResult result = answered("{\"Response\":{\"Total\":3,\"RequestId\":\"8979fc1e-9564\"}}");

    assertThat(result).isInstanceOf(ApiResponse.class);
    ApiResponse response = (ApiResponse) result;
    assertThat(response.requestId()).isEqualTo("8979fc1e-9564");
    assertThat(response.response().path("Total").asInt()).isEqualTo(3);
  }

  @Test
  void passesOnCodeAndRequestIdOfAnErrorButNotItsMessage() throws IOException {
    ApiResult result =
        answered(
            """
            {"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"Secret text"},
            "RequestId":"8979fc1e-9564"}}\
            """);

    assertThat(result)
        .isEqualTo(
            new ApiFailure(
                "AuthFailure.SignatureFailure", Optional.of("8979fc1e-9564"), Optional.empty()));
  }

  @Test
  void acceptsAnErrorWithoutRequestId() throws IOException {
    assertThat(answered("{\"Response\":{\"Error\":{\"Code\":\"InternalError\"}}}"))
        .isEqualTo(new ApiFailure("InternalError", Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "<html><body>Welcome</body></html>",
        "{\"Response\":{}}",
        "{\"Response\":null}",
        "{\"Response\":\"RequestId\"}",
        "{\"Response\":{\"RequestId\":7}}",
        "{\"Response\":{\"RequestId\":\"\"}}",
        "{\"Response\":{\"RequestId\":\"two\\nlines\"}}",
        "{\"Response\":{\"RequestId\":\"8979fc1e\"",
        "{\"Response\":{\"RequestId\":\"8979fc1e\"}} {}",
        "{\"Response\":{\"Error\":{},\"RequestId\":\"8979fc1e\"}}",
        "{\"Response\":{\"Error\":null,\"RequestId\":\"8979fc1e\"}}",
        "{\"Response\":{\"Error\":{\"Code\":\"<b>Oops</b>\"},\"RequestId\":\"8979fc1e\"}}",
        "{\"RequestId\":\"8979fc1e\"}",
      })
  void takesNothingElseForAnAnswer(String body) throws IOException {
    assertThat(codeOf(answered(body))).isEqualTo("ClientError.InvalidResponse");
  }

  @Test
  void readsNoMoreThan4MiB() throws IOException {
    String start = "{\"Response\":{\"RequestId\":\"8979fc1e\"}}";
    String largest = start + " ".repeat(4 * 1024 * 1024 - start.length());

    assertThat(answered(largest)).isInstanceOf(ApiResponse.class);
    assertThat(codeOf(answered(largest + " "))).isEqualTo("ClientError.InvalidResponse");
  }

  @Test
  void stopsReadingAnAnswerThatDoesNotEnd() throws IOException {
    RawServer.Answer endless =
        connection -> {
          byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(UTF_8);
          connection
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
          while (true) {
            connection.getOutputStream().write(chunk);
          }
        };

    assertThat(codeOf(answered(endless))).isEqualTo("ClientError.InvalidResponse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"201 Created", "400 Bad Request", "404 Not Found", "407 Proxy", "502 Bad"})
  void callsEveryOtherStatusByItsOwnCode(String status) throws IOException {
    String body = "{\"Response\":{\"RequestId\":\"8979fc1e\"}}";
    String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length();

    assertThat(codeOf(answered(RawServer.answering(head, body))))
        .isEqualTo("ClientError.HttpStatusCode");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws IOException {
    try (RawServer elsewhere = new RawServer(RawServer.ok("{}"));
        RawServer server =
            new RawServer(
                RawServer.answering(
                    "HTTP/1.1 %d Moved\r\nContent-Length: 0\r\nLocation: %s"
                        .formatted(status, elsewhere.endpoint()),
                    ""))) {
      assertThat(codeOf(call(server, CREDENTIAL))).isEqualTo("ClientError.HttpStatusCode");
      assertThat(server.requests).hasSize(1);
      assertThat(elsewhere.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Mon, 23 Nov 2026 10:00:00 GMT', PT0S",
    "'Mon, 23 Nov 2026 09:53:20 GMT', PT6M40S",
    "'Mon, 23 Nov 2026 10:06:40 GMT', PT-6M-40S",
  })
  void measuresHowFarOurClockIsAhead(String date, Duration skew) throws IOException {
    String body = "{\"Response\":{\"RequestId\":\"8979fc1e\"}}";

    assertThat(answered(withDate(date, "200 OK", body)).clockSkew()).contains(skew);
    assertThat(answered(withDate(date, "500 Oops", "oops")).clockSkew()).contains(skew);
  }

  @Test
  void measuresNoClockWithoutAProperDate() throws IOException {
    assertThat(answered("{}").clockSkew()).isEmpty();
    assertThat(answered(withDate("yesterday", "200 OK", "{}")).clockSkew()).isEmpty();
  }

  @Test
  void sendsNothingWithACredentialThatNoHeaderCanCarry() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      ApiResult result = call(server, new Credential("the\nId", "theKey", Optional.empty()));

      assertThat(codeOf(result)).isEqualTo("ClientError.MalformedCredential");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void sendsNothingWhenTheCallerChangesItsMindAtTheLastMoment() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      byte[] body = BODY.getBytes(UTF_8);

      ApiResult result = client.call(describe(server.endpoint()), body, CREDENTIAL, () -> false);

      assertThat(result)
          .isEqualTo(new ApiFailure(ClientError.NOT_SENT, Optional.empty(), Optional.empty()));
      assertThat(server.requests).isEmpty();
      assertThat(body).containsOnly(0);
    }
  }

  @Test
  void asksWhetherToSendOnlyOnceTheSignatureAges() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      client.call(
          describe(server.endpoint()),
          BODY.getBytes(UTF_8),
          CREDENTIAL,
          () -> {
            asked.incrementAndGet();
            clock.advance(Duration.ofMinutes(10));
            return true;
          });

      assertThat(asked).hasValue(1);
      assertThat(server.requests.getFirst().headers())
          .containsEntry("x-tc-timestamp", Long.toString(NOW.getEpochSecond()));
    }
  }

  @Test
  void wipesTheBodyWhateverComes() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok("{}"))) {
      for (Credential credential :
          Set.of(CREDENTIAL, new Credential("the\nId", "theKey", Optional.empty()))) {
        byte[] body = BODY.getBytes(UTF_8);
        client.call(describe(server.endpoint()), body, credential, () -> true);
        assertThat(body).containsOnly(0);
      }
    }
  }

  private ApiResult answered(String body) throws IOException {
    return answered(RawServer.ok(body));
  }

  private ApiResult answered(RawServer.Answer answer) throws IOException {
    try (RawServer server = new RawServer(answer)) {
      return call(server, CREDENTIAL);
    }
  }

  private ApiResult call(RawServer server, Credential credential) {
    return client.call(describe(server.endpoint()), BODY.getBytes(UTF_8), credential, () -> true);
  }

  private static RawServer.Answer withDate(String date, String status, String body) {
    return RawServer.answering(
        "HTTP/1.1 %s\r\nDate: %s\r\nContent-Length: %d".formatted(status, date, body.length()),
        body);
  }

  private static ApiCall describe(URI endpoint) {
    return new ApiCall(endpoint, "things", "2020-01-01", "ap-test", "DescribeThings");
  }

  /** What the server reckons from the bytes that it received. */
  private static String signatureOf(RawServer.Request received) {
    Signable signable =
        new Signable(
            "things",
            "POST",
            "",
            Map.of(
                "content-type", received.headers().get("content-type"),
                "host", received.headers().get("host")),
            DigestUtils.sha256Hex(received.body()));
    return Tc3Signer.authorization(signable, CREDENTIAL, NOW);
  }

  private static String codeOf(ApiResult result) {
    assertThat(result).isInstanceOf(ApiFailure.class);
    return ((ApiFailure) result).code();
  }
}
