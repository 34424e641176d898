package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.simulator.Caller.Answer;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesActionsTest {

  private static final String A = Canary.password();
  private static final String B = Canary.password();
  private static final String REPEAT = "OperationDenied.RepeatPassWord";
  private static final String NO_SENDER = "InvalidParameterValue.NoSuchSender";
  private static final String WEAK = "InvalidParameterValue.InvalidSmtpPassWord";

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    start(ServerRules.standard().withRequestsPerSecond(1000));
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

  private void restart(ServerRules rules) {
    simulator.close();
    start(rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"EmailAddress":"a@x.test"}                                    | MissingParameter      | The request is missing a required parameter `Password`.
          {"Password":null,"EmailAddress":"a@x.test"}                    | MissingParameter      | The request is missing a required parameter `Password`.
          {"Password":"Ab12Cd34Ef56"}                                    | MissingParameter      | The request is missing a required parameter `EmailAddress`.
          {"Password":1234567890,"EmailAddress":"a@x.test"}              | InvalidParameter      | The value type of parameter `Password` is not valid, input type should be `string`
          {"Password":"Ab12Cd34Ef56","EmailAddress":["a@x.test"]}        | InvalidParameter      | The value type of parameter `EmailAddress` is not valid, input type should be `string`
          {"Password":"Ab12Cd34Ef56","EmailAddress":"a@x.test","Foo":""} | UnknownParameter      | The parameter `Foo` is not recognized.
          []                                                             | InvalidParameter      | The request body is not a valid JSON object.
          {"Password":                                                   | InvalidParameter      | The request body is not a valid JSON object.
          {} {}                                                          | InvalidParameter      | The request body is not a valid JSON object.
          {"Password":"a","Password":"b","EmailAddress":"a@x.test"}      | InvalidParameter      | The request body is not a valid JSON object.
          """)
  void checksTheParameters(String body, String code, String message) throws IOException {
    Answer answer = caller.call("UpdateEmailSmtpPassWord", body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.message()).isEqualTo(message);
  }

  @Test
  void knowsLimitsOfLengthBeyondThePasswordRule() throws IOException {
    assertThat(caller.update("Ab12" + "x".repeat(61)).code()).isEqualTo("InvalidParameterValue");
    assertThat(caller.update("Ab12" + "x".repeat(60)).code()).isEqualTo(WEAK);
    assertThat(caller.update("a".repeat(122) + "@x.test", A).code())
        .isEqualTo("InvalidParameterValue");
    assertThat(caller.update("a".repeat(121) + "@x.test", A).code()).isEqualTo(NO_SENDER);
  }

  @Test
  void wantsJson() throws IOException {
    assertThat(
            caller
                .send(caller.updateDraft(ADDRESS, A).header("content-type", "text/plain").signed())
                .code())
        .isEqualTo("InvalidParameter");
  }

  @Test
  void refusesABodyThatIsInNoEncoding() throws IOException {
    // Jackson takes the first four bytes for UTF-32; there is no character 7F7F7F7F
    Caller.Draft draft =
        caller.updateDraft(ADDRESS, A).body("{\u0000\u0000\u0000\u007f\u007f\u007f\u007f");

    assertThat(caller.send(draft.signed()).code()).isEqualTo("InvalidParameter");
  }

  @Test
  void refusesAQueryThatIsNotUrlEncoded() throws IOException {
    Caller.Draft draft =
        caller
            .draft("ListEmailAddress", "")
            .method("GET")
            .target("/?Limit=%zz")
            .header("content-type", "application/x-www-form-urlencoded");

    assertThat(caller.send(draft.signed()).code()).isEqualTo("InvalidParameter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123",
        "yourPassword",
        "Password@123",
        "Ab12Cd34E",
        "Ab12Cd34Ef56Gh78Ij90K",
        "Ab11Cd11Ef11",
        "Ab12Cd34Ef5\u00e9",
        "ABCD12EFGHa1",
        "Ab12 Cd34Ef56",
        "Ab12Cd34Ef56\n"
      })
  void refusesAPasswordThatBreaksTheRule(String password) throws IOException {
    assertThat(caller.update(password).code()).isEqualTo(WEAK);
    assertThat(simulator.senders().find(ADDRESS).orElseThrow().smtpPwdType()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ab12Cd34Ef", "Ab12Cd34Ef56Gh78Ij90", "aA1!bB2@--##"})
  void takesAPasswordThatKeepsTheRule(String password) throws IOException {
    assertThat(caller.update(password).code()).isEmpty();
    assertThat(simulator.senders().holds(ADDRESS, password)).isTrue();
  }

  @Test
  void readsTheRuleTheOtherWayBySwitch() throws IOException {
    restart(ServerRules.standard().withPasswordRule(ServerRules.PasswordReading.TWO_DIGITS));

    assertThat(caller.update("Password@123").code()).isEmpty();
    assertThat(caller.update("Password@111").code()).isEqualTo(WEAK);
    assertThat(caller.update("password@123").code()).isEqualTo(WEAK);
  }

  @Test
  void namesAnUnknownSenderBeforeABadPasswordUnlessSwitched() throws IOException {
    assertThat(caller.update("nobody@x.test", "weak").code()).isEqualTo(NO_SENDER);

    restart(ServerRules.standard().withPasswordCheckedFirst());
    assertThat(caller.update("nobody@x.test", "weak").code()).isEqualTo(WEAK);
    assertThat(caller.update("nobody@x.test", A).code()).isEqualTo(NO_SENDER);
  }

  @Test
  void comparesWithTheLastAcceptedValueOnly() throws IOException {
    assertThat(caller.update(A).code()).isEmpty();
    assertThat(caller.update(A).code()).isEqualTo(REPEAT);
    assertThat(caller.update("weak").code()).isEqualTo(WEAK);
    assertThat(caller.update(A).code()).isEqualTo(REPEAT);
    assertThat(caller.update(B).code()).isEmpty();
    assertThat(caller.update(A).code()).isEmpty();
    assertThat(simulator.senders().holds(ADDRESS, A)).isTrue();
    assertThat(simulator.senders().holds(ADDRESS, B)).isFalse();
    assertThat(simulator.calls().accepted(ADDRESS)).hasSize(3);
  }

  @Test
  void comparesWithAValueThatSomebodyElseSet() throws IOException {
    caller.update(A);
    simulator.senders().setOutOfBand(ADDRESS, B);

    assertThat(simulator.senders().holds(ADDRESS, B)).isTrue();
    assertThat(caller.update(B).code()).isEqualTo(REPEAT);
    assertThat(caller.update(A).code()).isEmpty();
    assertThatThrownBy(() -> simulator.senders().setOutOfBand("nobody@x.test", B))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void forgetsThePasswordOfADeletedSender() throws IOException {
    caller.update(A);
    clock.step(Duration.ofHours(1));
    simulator.senders().recreate(ADDRESS);

    assertThat(simulator.senders().holds(ADDRESS, A)).isFalse();
    JsonNode sender = caller.call("ListEmailAddress", "{}").response().path("EmailSenders").path(0);
    assertThat(sender.path("SmtpPwdType").asInt()).isZero();
    assertThat(sender.path("CreatedTimestamp").asLong())
        .isEqualTo(clock.instant().getEpochSecond());
    assertThat(caller.update(A).code()).isEmpty();
  }

  @Test
  void listsSendersAsTheServiceDoes() throws IOException {
    caller.call("CreateEmailAddress", "{\"EmailAddress\":\"b@x.test\",\"EmailSenderName\":\"B\"}");
    caller.update("b@x.test", A);

    JsonNode response = caller.call("ListEmailAddress", "{}").response();

    long created = clock.instant().getEpochSecond();
    assertThat(response.path("EmailSenders"))
        .isEqualTo(
            Caller.JSON.readTree(
                """
                [{"EmailAddress":"%s","EmailSenderName":"","CreatedTimestamp":%d,"SmtpPwdType":0},
                 {"EmailAddress":"b@x.test","EmailSenderName":"B","CreatedTimestamp":%d,"SmtpPwdType":1}]
                """
                    .formatted(ADDRESS, created, created)));
    assertThat(caller.call("ListEmailAddress", "{\"Limit\":\"1\"}").code())
        .isEqualTo("UnknownParameter");
  }

  @Test
  void createsAndDeletesSenders() throws IOException {
    assertThat(caller.call("CreateEmailAddress", "{\"EmailAddress\":\"c@x.test\"}").code())
        .isEmpty();
    assertThat(caller.call("CreateEmailAddress", "{\"EmailAddress\":\"c@x.test\"}").code())
        .isEqualTo("InvalidParameterValue.RepeatEmailAddress");
    assertThat(caller.call("CreateEmailAddress", "{\"EmailAddress\":\"nonsense\"}").code())
        .isEqualTo("InvalidParameterValue.IllegalEmailAddress");
    assertThat(caller.call("DeleteEmailAddress", "{\"EmailAddress\":\"c@x.test\"}").code())
        .isEmpty();
    assertThat(caller.call("DeleteEmailAddress", "{\"EmailAddress\":\"c@x.test\"}").code())
        .isEqualTo(NO_SENDER);
  }

  @Test
  void takesAddressesLiterallyUnlessSwitched() throws IOException {
    assertThat(caller.update("NoReply@mail.example.com", A).code()).isEqualTo(NO_SENDER);

    restart(ServerRules.standard().withAddressCaseIgnored());
    assertThat(caller.update("NOREPLY@mail.example.com", A).code()).isEmpty();
    assertThat(simulator.senders().holds(ADDRESS, A)).isTrue();
  }

  @Test
  void keepsAccountsAndRegionsApart() throws IOException {
    simulator.close();
    AccessKey other = AccessKey.of("AKIDother", "other-key").ofAccount("200");
    simulator =
        Simulator.start(
            SimulatorOptions.standard()
                .withClock(clock)
                .withRegion("ap-guangzhou")
                .withKeys(SimulatorOptions.DEMO_KEY, other)
                .withSenders(ADDRESS));
    caller = new Caller(simulator);
    simulator.senders("200", "ap-guangzhou").add(ADDRESS);

    assertThat(caller.update(A).code()).isEmpty();
    assertThat(caller.send(caller.updateDraft(ADDRESS, A).key(other).signed()).code()).isEmpty();
    assertThat(
            caller
                .send(caller.updateDraft(ADDRESS, B).header("x-tc-region", "ap-hongkong").signed())
                .code())
        .isEqualTo(NO_SENDER);
    simulator.senders().setOutOfBand(ADDRESS, B);
    assertThat(simulator.senders("200", "ap-guangzhou").holds(ADDRESS, A)).isTrue();
  }

  @Test
  void showsAPasswordToNobody() throws IOException {
    caller.update(A);

    assertThat(simulator.senders().all().toString()).doesNotContain(A);
    assertThat(SimulatorOptions.DEMO_KEY.toString())
        .doesNotContain(SimulatorOptions.DEMO_KEY.secretKey());
    assertThat(simulator.options().toString())
        .doesNotContain(SimulatorOptions.DEMO_KEY.secretKey());
  }
}
