package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.simulator.Caller.Draft;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsActionsTest {

  private static final String ROLE = "qcs::cam::uin/200:roleName/mailer";
  private static final String TOKEN = Canary.secretKey();

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private final Simulator simulator = Simulator.start(SimulatorOptions.standard().withClock(clock));
  private final Caller caller = new Caller(simulator);

  @BeforeEach
  void trust() {
    simulator.roles().trust(ROLE, "tke", TOKEN);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static ObjectNode request() {
    return Caller.JSON
        .createObjectNode()
        .put("ProviderId", "tke")
        .put("WebIdentityToken", TOKEN)
        .put("RoleArn", ROLE)
        .put("RoleSessionName", "mailer-1")
        .put("DurationSeconds", 3600);
  }

  private Draft draft(JsonNode body) {
    return caller
        .draft("AssumeRoleWithWebIdentity", body.toString())
        .header("x-tc-version", "2018-08-13")
        .header("authorization", "SKIP");
  }

  private String codeOf(JsonNode body) throws IOException {
    return caller.send(draft(body)).code();
  }

  private AccessKey assumed() throws IOException {
    JsonNode credentials = caller.send(draft(request())).response().path("Credentials");
    return AccessKey.of(
            credentials.path("TmpSecretId").asText(), credentials.path("TmpSecretKey").asText())
        .withToken(credentials.path("Token").asText());
  }

  private String listWith(AccessKey key) throws IOException {
    return caller
        .send(
            caller
                .draft("ListEmailAddress", "{}")
                .header("x-tc-token", key.token().orElseThrow())
                .key(key)
                .signed())
        .code();
  }

  @Test
  void givesAKeyThatSesTakesUntilItEnds() throws IOException {
    AccessKey key = assumed();

    clock.step(Duration.ofSeconds(3599));
    assertThat(listWith(key)).isEmpty();
    clock.step(Duration.ofSeconds(1));
    assertThat(listWith(key)).isEqualTo("AuthFailure.TokenFailure");
  }

  @Test
  void tellsWhenAKeyEndsInBothForms() throws IOException {
    JsonNode response = caller.send(draft(request())).response();

    assertThat(response.path("Expiration").asText()).isEqualTo("2026-11-23T13:00:00Z");
    assertThat(response.path("ExpiredTime").asLong())
        .isEqualTo(clock.instant().plusSeconds(3600).getEpochSecond());
  }

  @Test
  void givesKeysOfTheAccountThatTheRoleIsOf() throws IOException {
    assumed();

    assertThat(simulator.roles().issued()).extracting(AccessKey::account).containsExactly("200");
  }

  @Test
  void givesEachTimeAnotherKeyForTwoHoursUnlessAsked() throws IOException {
    ObjectNode request = request();
    request.remove("DurationSeconds");
    JsonNode one = caller.send(draft(request)).response();
    JsonNode other = caller.send(draft(request)).response();

    assertThat(one.path("Expiration").asText()).isEqualTo("2026-11-23T14:00:00Z");
    assertThat(one.path("Credentials")).isNotEqualTo(other.path("Credentials"));
  }

  @Test
  void trustsOnlyTheLastToken() throws IOException {
    String next = Canary.secretKey();

    simulator.roles().trust(ROLE, "tke", next);

    assertThat(codeOf(request())).isEqualTo("InvalidParameter.WebIdentityTokenError");
    assertThat(codeOf(request().put("WebIdentityToken", next))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RoleArn, qcs::cam::uin/200:roleName/other, ResourceNotFound.RoleNotFound",
    "ProviderId, other, InvalidParameter.ParamError",
    "RoleSessionName, x, InvalidParameter.ParamError",
    "RoleSessionName, a b, InvalidParameter.ParamError",
    "DurationSeconds, 7200, InvalidParameter",
    "Policy, {}, UnknownParameter"
  })
  void refusesWhatItDoesNotKnow(String name, String value, String code) throws IOException {
    assertThat(codeOf(request().put(name, value))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "0, InvalidParameter.OverTimeError",
    "43200, ''",
    "43201, InvalidParameter.OverTimeError"
  })
  void givesKeysForTwelveHoursAtMost(int seconds, String code) throws IOException {
    assertThat(codeOf(request().put("DurationSeconds", seconds))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"ProviderId", "WebIdentityToken", "RoleArn", "RoleSessionName"})
  void namesAMissingParameter(String name) throws IOException {
    ObjectNode request = request();
    request.remove(name);

    assertThat(codeOf(request)).isEqualTo("MissingParameter");
  }

  @Test
  void checksWhatEveryApiChecks() throws IOException {
    Draft draft = draft(request());

    assertThat(caller.send(draft.without("x-tc-region")).code()).isEqualTo("MissingParameter");
    assertThat(caller.send(draft.without("authorization")).code()).isEqualTo("MissingParameter");
    assertThat(caller.send(draft.signed()).code()).isEqualTo("AuthFailure.InvalidAuthorization");
    assertThat(caller.send(draft.header("x-tc-timestamp", "now")).code())
        .isEqualTo("InvalidParameter");
    assertThat(caller.send(draft.header("x-tc-version", "2020-10-02")).code())
        .isEqualTo("NoSuchVersion");
    assertThat(caller.send(draft.header("x-tc-region", "eu-frankfurt")).code()).isEmpty();
    assertThat(caller.send(draft.header("x-tc-region", "nowhere")).code())
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void letsNobodyElseInWithoutASignature() throws IOException {
    assertThat(
            caller
                .send(caller.draft("ListEmailAddress", "{}").header("authorization", "SKIP"))
                .code())
        .isEqualTo("AuthFailure.InvalidAuthorization");
  }

  @Test
  void failsAsScripted() throws IOException {
    simulator.faults().on("AssumeRoleWithWebIdentity").answerWith("InternalError.GetRoleError");

    assertThat(codeOf(request())).isEqualTo("InternalError.GetRoleError");
    assertThat(codeOf(request())).isEmpty();
    assertThat(simulator.roles().issued()).hasSize(1);
  }

  @Test
  void endsKeysAndShortensTheirLives() throws IOException {
    AccessKey first = assumed();
    simulator.roles().endKeys();
    assertThat(listWith(first)).isEqualTo("AuthFailure.TokenFailure");

    simulator.roles().limitLifetime(Duration.ofSeconds(30));
    AccessKey second = assumed();
    clock.step(Duration.ofSeconds(29));
    assertThat(listWith(second)).isEmpty();
    clock.step(Duration.ofSeconds(1));
    assertThat(listWith(second)).isEqualTo("AuthFailure.TokenFailure");
  }

  @Test
  void keepsSecretsFromTheCallLog() throws IOException {
    AccessKey key = assumed();

    assertThat(simulator.calls().json())
        .contains("AssumeRoleWithWebIdentity")
        .doesNotContain(TOKEN, key.secretKey(), key.token().orElseThrow());
  }

  @Test
  void takesNoOtherNameForARole() {
    assertThatThrownBy(() -> simulator.roles().trust("mailer", "tke", TOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("qcs::cam::uin/<uin>:roleName/<name>");
  }
}
