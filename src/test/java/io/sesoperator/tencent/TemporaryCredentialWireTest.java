package io.sesoperator.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.CredentialChain.Endpoints;
import io.sesoperator.tencent.CredentialSource.Found;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.CredentialSource.Missing;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.RawServer;
import io.sesoperator.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to STS and to the metadata service, and which answers are taken for keys. */
class TemporaryCredentialWireTest {

  private static final String TOKEN = Canary.secretKey();
  private static final long END = TestClock.START.plusSeconds(7200).getEpochSecond();
  private static final String KEYS =
      "\"TmpSecretId\":\"theId\",\"TmpSecretKey\":\"theKey\",\"Token\":\"theToken\"";
  private static final Lookup KEY =
      new Found(new Credential("theId", "theKey", Optional.of("theToken")));

  @TempDir private Path directory;

  private final TestClock clock = new TestClock();
  private final Tc3Client client = Tc3Client.standard(clock);
  private final Map<String, String> environment = new HashMap<>();

  @AfterEach
  void closeClient() {
    client.close();
  }

  @BeforeEach
  void mountToken() throws IOException {
    Path file = directory.resolve("token");
    Files.writeString(file, TOKEN + "\n");
    environment.put("TKE_REGION", "ap-singapore");
    environment.put("TKE_PROVIDER_ID", "the \"provider\"");
    environment.put("TKE_WEB_IDENTITY_TOKEN_FILE", file.toString());
    environment.put("TKE_ROLE_ARN", "theRole");
  }

  @ParameterizedTest
  @CsvSource({"mailer-7d9f8-x2x4k, mailer-7d9f8-x2x4k", "'a b', operator", "'', operator"})
  void asksStsWithoutASignature(String host, String session) throws IOException {
    environment.put("HOSTNAME", host);
    try (RawServer sts = new RawServer(fromSts(KEYS, END))) {
      assertThat(workloadIdentity(sts)).isEqualTo(KEY);

      RawServer.Request request = sts.requests.getFirst();
      assertThat(request.line()).isEqualTo("POST / HTTP/1.1");
      assertThat(request.headers())
          .containsAllEntriesOf(
              Map.of(
                  "authorization", "SKIP",
                  "content-type", "application/json; charset=utf-8",
                  "x-tc-action", "AssumeRoleWithWebIdentity",
                  "x-tc-version", "2018-08-13",
                  "x-tc-region", "ap-singapore",
                  "x-tc-timestamp", Long.toString(TestClock.START.getEpochSecond())))
          .doesNotContainKey("x-tc-token");
      assertThat(new ObjectMapper().readTree(request.body()))
          .isEqualTo(
              new ObjectMapper()
                  .createObjectNode()
                  .put("ProviderId", "the \"provider\"")
                  .put("WebIdentityToken", TOKEN)
                  .put("RoleArn", "theRole")
                  .put("RoleSessionName", session)
                  .put("DurationSeconds", 7200));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Credentials\":{\"TmpSecretId\":\"i\",\"TmpSecretKey\":\"k\"},\"ExpiredTime\":1",
        "\"Credentials\":{\"TmpSecretId\":\"i\",\"Token\":\"t\"},\"ExpiredTime\":1",
        "\"Credentials\":{\"TmpSecretId\":\"\",\"TmpSecretKey\":\"k\",\"Token\":\"t\"},\"ExpiredTime\":1",
        "\"Credentials\":{\"TmpSecretId\":\"i\",\"TmpSecretKey\":\"k\",\"Token\":\"t\"}",
        "\"Credentials\":{\"TmpSecretId\":\"i\",\"TmpSecretKey\":\"k\",\"Token\":\"t\"},\"ExpiredTime\":\"soon\"",
        "\"Credentials\":null,\"ExpiredTime\":1"
      })
  void takesNoAnswerOfStsThatLacksAPart(String response) throws IOException {
    String body = "{\"Response\":{" + response + ",\"RequestId\":\"req-1\"}}";
    try (RawServer sts = new RawServer(RawServer.ok(body))) {
      assertThat(workloadIdentity(sts))
          .isEqualTo(
              new Missing(
                  new ApiFailure(
                      "ClientError.StsUnavailable.InvalidResponse",
                      Optional.of("req-1"),
                      Optional.empty())));
    }
  }

  @Test
  void asksTheMetadataServiceForTheRoleAndThenForItsKeys() throws IOException {
    String keys = "{" + KEYS + ",\"ExpiredTime\":" + END + ",\"Code\":\"Success\"}";
    try (RawServer metadata = new RawServer(RawServer.ok("theRole\n"), RawServer.ok(keys))) {
      assertThat(instanceRole(metadata)).isEqualTo(KEY);

      assertThat(metadata.requests.stream().map(RawServer.Request::line))
          .containsExactly(
              "GET /latest/meta-data/cam/security-credentials/ HTTP/1.1",
              "GET /latest/meta-data/cam/security-credentials/theRole HTTP/1.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', InstanceRoleNotFound",
    "'<html>Log in</html>', InstanceRoleNotFound",
    "'../../user-data', InstanceRoleNotFound",
  })
  void asksForNoRoleThatIsNone(String name, String code) throws IOException {
    try (RawServer metadata = new RawServer(RawServer.ok(name))) {
      assertThat(codeOf(instanceRole(metadata))).isEqualTo("ClientError." + code);
      assertThat(metadata.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Log in</html>",
        "{\"Code\":\"Success\"}",
        "{\"TmpSecretId\":\"i\",\"TmpSecretKey\":\"k\",\"Token\":\"t\",\"ExpiredTime\":1}",
        "{\"TmpSecretId\":\"i\",\"TmpSecretKey\":\"k\",\"Token\":\"t\",\"ExpiredTime\":1,\"Code\":\"Failed\"}"
      })
  void takesNothingElseForKeys(String body) throws IOException {
    try (RawServer metadata = new RawServer(RawServer.ok("theRole"), RawServer.ok(body))) {
      assertThat(codeOf(instanceRole(metadata)))
          .isEqualTo("ClientError.MetadataUnavailable.InvalidResponse");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found, InstanceRoleNotFound",
    "500 Oops, MetadataUnavailable.HttpStatusCode"
  })
  void tellsAMissingRoleFromAnOutage(String status, String code) throws IOException {
    String head = "HTTP/1.1 " + status + "\r\nContent-Length: 0";
    try (RawServer metadata = new RawServer(RawServer.answering(head, ""))) {
      assertThat(codeOf(instanceRole(metadata))).isEqualTo("ClientError." + code);
    }
  }

  private Lookup workloadIdentity(RawServer sts) {
    return chain(new Endpoints(sts.endpoint(), Optional.empty())).current();
  }

  private Lookup instanceRole(RawServer metadata) {
    environment.clear();
    return chain(new Endpoints(metadata.endpoint(), Optional.of(metadata.endpoint()))).current();
  }

  private CredentialSource chain(Endpoints endpoints) {
    return new CredentialChain(environment, endpoints, client, clock);
  }

  private static RawServer.Answer fromSts(String keys, long end) {
    return RawServer.ok(
        "{\"Response\":{\"Credentials\":{%s},\"ExpiredTime\":%d,\"RequestId\":\"req-1\"}}"
            .formatted(keys, end));
  }

  private static String codeOf(Lookup lookup) {
    return ((Missing) lookup).why().code();
  }
}
