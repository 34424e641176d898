package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.simulator.Caller.Answer;
import io.sesoperator.simulator.Caller.Draft;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayChecksTest {

  private static final String PASSWORD = Canary.password();

  private final SteppingClock clock = new SteppingClock("2026-11-23T23:58:00Z");
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    start(ServerRules.standard());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void start(ServerRules rules) {
    simulator =
        Simulator.start(
            SimulatorOptions.standard().withClock(clock).withRules(rules).withSenders(ADDRESS));
    caller = new Caller(simulator);
  }

  private Draft update() {
    return caller.updateDraft(ADDRESS, PASSWORD);
  }

  @Test
  void takesWhatIsInOrder() throws IOException {
    Answer answer = caller.update(PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"Response\":\\{\"RequestId\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"}}");
    assertThat(simulator.senders().holds(ADDRESS, PASSWORD)).isTrue();
  }

  /** Everything is wrong at first; each step puts the first thing right that was named. */
  @Test
  void namesTheFirstTroubleInTheServersOrder() throws IOException {
    simulator.keys().put(AccessKey.of("AKIDt", "k").withToken("token"));
    simulator.keys().deny("UpdateEmailSmtpPassWord");
    String old = Long.toString(clock.instant().minusSeconds(1000).getEpochSecond());
    String now = Long.toString(clock.instant().getEpochSecond());
    for (int i = 0; i < 20; i++) {
      caller.update("n" + i);
    }
    AccessKey wrongKey = AccessKey.of("AKIDt", "wrong");
    Draft draft =
        caller
            .draft("", "{\"Password\":1,\"Extra\":\"x\"}")
            .method("DELETE")
            .header("content-type", "application/json")
            .without("x-tc-action")
            .without("x-tc-version")
            .without("x-tc-region")
            .without("x-tc-timestamp");

    List<String> codes = new ArrayList<>();
    codes.add(caller.send(draft).code());
    draft = draft.method("POST");
    codes.add(missing(draft));
    draft = draft.header("x-tc-timestamp", old);
    codes.add(missing(draft));
    draft = draft.header("x-tc-action", "Nonsense");
    codes.add(missing(draft));
    draft = draft.header("x-tc-version", "1999-01-01");
    codes.add(missing(draft));
    draft = draft.header("authorization", "Basic");
    codes.add(missing(draft));
    draft = draft.header("x-tc-region", "ap-guangzhou");
    codes.add(caller.send(draft).code());
    codes.add(caller.send(draft.key(AccessKey.of("AKIDnobody", "k")).signed()).code());
    codes.add(caller.send(draft.key(wrongKey).signed()).code());
    draft = draft.header("x-tc-token", "token");
    codes.add(caller.send(draft.key(wrongKey).signed()).code());
    draft = draft.header("x-tc-timestamp", now);
    codes.add(caller.send(draft.key(wrongKey).signed()).code());
    draft = draft.key(AccessKey.of("AKIDt", "k"));
    codes.add(caller.send(draft.signed()).code());
    draft = draft.header("x-tc-action", "UpdateEmailSmtpPassWord");
    codes.add(caller.send(draft.signed()).code());
    draft = draft.header("x-tc-version", "2020-10-02");
    codes.add(caller.send(draft.signed()).code());
    draft = draft.header("x-tc-region", "ap-singapore");
    // Twenty requests of this account were refused by CAM, and a refusal counts as a request.
    codes.add(caller.send(draft.signed()).code());
    clock.step(Duration.ofSeconds(1));
    codes.add(caller.send(draft.signed()).code());
    simulator.keys().allow("UpdateEmailSmtpPassWord");
    codes.add(caller.send(draft.signed()).code());

    assertThat(codes)
        .containsExactly(
            "UnsupportedProtocol",
            "MissingParameter Timestamp",
            "MissingParameter Action",
            "MissingParameter Version",
            "MissingParameter Authorization",
            "MissingParameter Region",
            "AuthFailure.InvalidAuthorization",
            "AuthFailure.SecretIdNotFound",
            "AuthFailure.TokenFailure",
            "AuthFailure.SignatureExpire",
            "AuthFailure.SignatureFailure",
            "InvalidAction",
            "NoSuchVersion",
            "UnsupportedRegion",
            "RequestLimitExceeded",
            "AuthFailure.UnauthorizedOperation",
            "InvalidParameter");
  }

  private String missing(Draft draft) throws IOException {
    Answer answer = caller.send(draft);
    return answer.code() + " " + answer.message().replaceAll(".*`(.*)`.*", "$1");
  }

  @ParameterizedTest
  @CsvSource({
    "300,''",
    "-300,''",
    "301,AuthFailure.SignatureExpire",
    "-301,AuthFailure.SignatureExpire"
  })
  void allowsFiveMinutesBetweenTheClocks(int ahead, String code) throws IOException {
    Instant time = clock.instant().plusSeconds(ahead);
    Draft draft = update().header("x-tc-timestamp", Long.toString(time.getEpochSecond()));

    assertThat(caller.send(draft.signed()).code()).isEqualTo(code);
  }

  @Test
  void goesByItsOwnSkewedClockAndSaysSo() throws IOException {
    simulator.faults().skewClock(Duration.ofMinutes(10));

    Answer answer = caller.update(PASSWORD);

    assertThat(answer.code()).isEqualTo("AuthFailure.SignatureExpire");
    assertThat(answer.headers()).containsEntry("date", "Tue, 24 Nov 2026 00:08:00 GMT");
  }

  @Test
  void lyingDateHeaderChangesNothingElse() throws IOException {
    simulator.faults().skewDateHeader(Duration.ofMinutes(-10));

    Answer answer = caller.update(PASSWORD);

    assertThat(answer.code()).isEmpty();
    assertThat(answer.headers()).containsEntry("date", "Mon, 23 Nov 2026 23:48:00 GMT");
  }

  @Test
  void goesByTheUtcDateOfTheTimestamp() throws IOException {
    Draft tomorrow = update().header("x-tc-timestamp", "1795478400");
    assertThat(Instant.ofEpochSecond(1795478400)).isEqualTo("2026-11-24T00:00:00Z");

    assertThat(caller.send(tomorrow.signed()).code()).isEmpty();
    Draft wrongDate = tomorrow.signed();
    wrongDate =
        wrongDate.header(
            "authorization",
            wrongDate.headers().get("authorization").replace("2026-11-24", "2026-11-23"));
    assertThat(caller.send(wrongDate).code()).isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void refusesWhatWasChangedAfterSigning() throws IOException {
    assertThat(caller.send(update().signed().body("{}")).code())
        .isEqualTo("AuthFailure.SignatureFailure");
    assertThat(caller.send(update().signed().header("host", "other")).code())
        .isEqualTo("AuthFailure.SignatureFailure");
    assertThat(caller.send(update().signed().header("content-type", "application/json")).code())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void checksTheHostHeaderAsItCame() throws IOException {
    String url = simulator.endpoint().toString();

    assertThat(caller.send(update().header("host", url).signed()).code()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=UTF-8"
      })
  void takesJsonWithAndWithoutCharset(String type) throws IOException {
    assertThat(caller.send(update().header("content-type", type).signed()).code()).isEmpty();
  }

  @Test
  void takesFurtherSignedHeaders() throws IOException {
    Draft draft = update().header("x-custom", "Some Value");

    assertThat(caller.send(draft.signing("content-type;host;x-custom;x-tc-action").signed()).code())
        .isEmpty();
    assertThat(
            caller
                .send(
                    draft
                        .signing("content-type;host;x-custom;x-tc-action")
                        .signed()
                        .header("x-custom", "other"))
                .code())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void takesScopesOfNoOtherProduct() throws IOException {
    assertThat(caller.send(update().signed("cvm")).code())
        .isEqualTo("AuthFailure.InvalidAuthorization");
  }

  @Test
  void wantsTheTokenOfATemporaryKeyAndNoOther() throws IOException {
    AccessKey key = AccessKey.of("AKIDtemp", "temp-key").withToken("token-1");
    simulator.keys().put(key);

    assertThat(caller.send(update().key(key).signed()).code())
        .isEqualTo("AuthFailure.TokenFailure");
    assertThat(caller.send(update().key(key).header("x-tc-token", "token-0").signed()).code())
        .isEqualTo("AuthFailure.TokenFailure");
    assertThat(caller.send(update().header("x-tc-token", "token-1").signed()).code())
        .isEqualTo("AuthFailure.TokenFailure");
    assertThat(caller.send(update().key(key).header("x-tc-token", "token-1").signed()).code())
        .isEmpty();
  }

  @Test
  void followsChangesOfTheKeys() throws IOException {
    AccessKey key = simulator.options().keys().getFirst();

    simulator.keys().disable(key.secretId());
    assertThat(caller.update(PASSWORD).code()).isEqualTo("AuthFailure.SecretIdNotFound");
    simulator.keys().enable(key.secretId());
    assertThat(caller.update(PASSWORD).code()).isEmpty();
    simulator.keys().put(AccessKey.of(key.secretId(), "another"));
    assertThat(caller.update("Zy98Xw76Vu54").code()).isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void deniesAnActionWithTheCodeThatCamUses() throws IOException {
    simulator.keys().deny("UpdateEmailSmtpPassWord", "UnauthorizedOperation.CamNoAuth");

    Answer answer = caller.update(PASSWORD);

    assertThat(answer.code()).isEqualTo("UnauthorizedOperation.CamNoAuth");
    assertThat(answer.message())
        .isEqualTo(
            "[request id:%s]you are not authorized to perform operation (ses:UpdateEmailSmtpPassWord)\nresource (qcs::ses:ap-singapore:uin/100000000001:senderdomain/*) has no permission\n"
                .formatted(answer.response().path("RequestId").asText()));
    assertThat(caller.call("ListEmailAddress", "{}").code()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ap-guangzhou,UnsupportedRegion",
    "eu-frankfurt,UnsupportedRegion",
    "Singapore!,InvalidParameterValue"
  })
  void servesOnlyTheRegionsOfItsSite(String region, String code) throws IOException {
    assertThat(caller.send(update().header("x-tc-region", region).signed()).code()).isEqualTo(code);
  }

  @Test
  void honoursUnsignedPayloadOnlyBySwitch() throws IOException {
    assertThat(
            caller.send(update().header("x-tc-content-sha256", "UNSIGNED-PAYLOAD").signed()).code())
        .isEqualTo("AuthFailure.SignatureFailure");

    simulator.close();
    start(ServerRules.standard().withUnsignedPayloadAllowed());
    assertThat(
            caller.send(update().header("x-tc-content-sha256", "UNSIGNED-PAYLOAD").signed()).code())
        .isEmpty();
  }

  @Test
  void refusesABodyBeyondTenMegabytes() throws IOException {
    String body = "{" + " ".repeat(10 * 1024 * 1024) + "}";

    assertThat(caller.send(update().body(body).signed()).code())
        .isEqualTo("RequestSizeLimitExceeded");
  }

  @Test
  void speaksChineseWhenAsked() throws IOException {
    Draft draft = caller.updateDraft("nobody@x.test", PASSWORD);

    assertThat(caller.send(draft.header("x-tc-language", "zh-CN").signed()).message())
        .isEqualTo("您没有这个发件地址，请检查是否存在。");
    assertThat(caller.send(draft.header("x-tc-language", "en-US").signed()).message())
        .startsWith("You don't have the sender address.");
  }

  @Test
  void takesAListByGet() throws IOException {
    Draft draft =
        caller
            .draft("ListEmailAddress", "")
            .method("GET")
            .header("content-type", "application/x-www-form-urlencoded");

    assertThat(caller.send(draft.signed()).response().path("EmailSenders")).hasSize(1);
    assertThat(caller.send(draft.target("/?Limit=1").signed()).code())
        .isEqualTo("UnknownParameter");
  }

  @Test
  void knowsNoOtherPath() throws IOException {
    assertThat(caller.send(update().target("/v2").signed()).status()).isEqualTo(404);
  }
}
