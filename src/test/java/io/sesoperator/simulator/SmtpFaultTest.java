package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.simulator.CallLog.Login;
import io.sesoperator.testing.Canary;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmtpFaultTest {

  private static final String A = Canary.password();
  private static final int MUCH = 200_000;

  private Simulator simulator;
  private FaultScript faults;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.standard()
                .withSenders(ADDRESS, "b@x.test")
                .withSmtp(SmtpOptions.standard().withHost("smtp.x.test")));
    simulator.senders().setOutOfBand(ADDRESS, A);
    simulator.senders().setOutOfBand("b@x.test", A);
    faults = simulator.faults();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String login(String address) throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      return caller.login(address, A);
    }
  }

  @Test
  void refusesARightPasswordAsOftenAsAsked() throws Exception {
    faults.smtp().to(ADDRESS).times(2).refuse();

    assertThat(login(ADDRESS)).startsWith("535 ");
    assertThat(login("b@x.test")).startsWith("235 ");
    assertThat(login(ADDRESS)).startsWith("535 ");
    assertThat(login(ADDRESS)).startsWith("235 ");
    assertThat(simulator.calls().logins())
        .extracting(Login::fault)
        .containsExactly("refuse", "", "refuse", "");
  }

  @Test
  void defersALoginOrNeverAnswersIt() throws Exception {
    faults.smtp().defer();
    faults.smtp().lose();
    faults.smtp().hang();

    assertThat(login(ADDRESS)).startsWith("454 ");
    assertThatThrownBy(() -> login(ADDRESS)).isInstanceOf(EOFException.class);
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");
      caller.send("AUTH PLAIN " + SmtpCaller.base64("\0" + ADDRESS + "\0" + A) + "\r\n");
      Thread.ofVirtual().start(simulator::close);
      assertThat(caller.reply()).startsWith("421 ");
    }
    assertThat(simulator.calls().logins()).noneMatch(Login::accepted);
  }

  @Test
  void isBusyOrSaysNothingOrHangsUp() throws Exception {
    faults.smtp().busy();
    faults.smtp().close();
    faults.smtp().silent();

    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThat(caller.reply()).startsWith("421 ");
    }
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThatThrownBy(caller::reply).isInstanceOf(EOFException.class);
    }
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      simulator.close();
      assertThatThrownBy(caller::reply).isInstanceOf(IOException.class);
    }
  }

  @Test
  void misbehavesUnderTlsToo() throws Exception {
    faults.smtp().busy();
    faults.smtp().garbage();

    try (SmtpCaller caller = SmtpCaller.ofTlsPort(simulator, "localhost")) {
      caller.handshake();
      assertThat(caller.reply()).startsWith("421 ");
    }
    try (SmtpCaller caller = SmtpCaller.ofTlsPort(simulator, "localhost")) {
      caller.handshake();
      assertThat(caller.reply()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void neverComesToAnEnd() throws Exception {
    faults.smtp().endlessLine();
    faults.smtp().endlessReply();

    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThat(caller.read(MUCH))
          .hasSize(MUCH)
          .startsWith('2', '2', '0', ' ')
          .doesNotContain('\n');
    }
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThat(caller.reply()).startsWith("220 ");
      caller.send("EHLO test\r\n");
      assertThat(new String(caller.read(MUCH), US_ASCII).lines().limit(1000))
          .hasSize(1000)
          .allMatch(line -> line.startsWith("250-"));
    }
  }

  @Test
  void showsCertificatesThatNobodyShouldAccept() {
    faults.smtp().wrongName();
    faults.smtp().expired();

    assertThatThrownBy(() -> handshake("localhost"))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("matching localhost");
    assertThatThrownBy(() -> handshake("localhost"))
        .isInstanceOf(SSLHandshakeException.class)
        .rootCause()
        .isInstanceOf(CertificateExpiredException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "smtp.x.test"})
  void hasTheNamesThatItShould(String name) throws Exception {
    handshake(name);
  }

  private void handshake(String name) throws IOException, GeneralSecurityException {
    try (SmtpCaller caller = SmtpCaller.ofTlsPort(simulator, name)) {
      caller.handshake();
    }
  }

  @Test
  void speaksNothingNewerThanTls10() throws Exception {
    faults.smtp().times(2).oldTls();

    assertThatThrownBy(() -> handshake("localhost"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("TLS10");
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      caller.reply();
      assertThat(caller.say("STARTTLS")).startsWith("220 ");
      assertThatThrownBy(caller::handshake).hasMessageContaining("TLS10");
    }
  }

  @Test
  void takesLoginsInPlainTextWhenStartTlsIsStripped() throws Exception {
    faults.smtp().stripStartTls();

    handshake("localhost");
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      caller.reply();
      assertThat(caller.say("EHLO test")).contains("AUTH PLAIN").doesNotContain("STARTTLS");
      assertThat(caller.say("STARTTLS")).startsWith("502 ");
      assertThat(caller.login(ADDRESS, A)).startsWith("235 ");
    }
    assertThat(simulator.calls().logins())
        .extracting(Login::by)
        .containsExactly("PLAIN in plain text");
  }

  @Test
  void offersNoLogin() throws Exception {
    faults.smtp().times(2).noAuth();

    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      assertThat(caller.say("EHLO test")).doesNotContain("AUTH", "STARTTLS");
      assertThat(caller.say("AUTH PLAIN")).startsWith("502 ");
    }
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      caller.reply();
      assertThat(caller.say("EHLO test")).contains("STARTTLS");
      assertThat(caller.say("STARTTLS")).startsWith("220 ");
      caller.handshake();
      assertThat(caller.say("EHLO test")).doesNotContain("AUTH", "STARTTLS");
    }
  }

  @Test
  void isScriptedBesidesTheFaultsOfTheApi() throws Exception {
    faults.any().answerWith("InternalError");
    faults.unreachable();
    assertThat(login(ADDRESS)).startsWith("235 ");

    faults.smtp().always().refuse();
    assertThat(login(ADDRESS)).startsWith("535 ");
    faults.clear();

    assertThat(login(ADDRESS)).startsWith("235 ");
  }

  @Test
  void knowsNoAddressBeforeALogin() {
    assertThatThrownBy(() -> faults.smtp().to(ADDRESS).silent())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> faults.smtp().times(0).refuse())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isScriptedOverTheControlDoor() throws Exception {
    String fault = "{\"action\":\"SMTP\",\"kind\":\"refuse\",\"address\":\"" + ADDRESS + "\"}";
    assertThat(control("POST", "faults", fault).path("id").asText()).isEqualTo("s1");
    assertThat(control("GET", "faults", ""))
        .isEqualTo(
            Caller.JSON.readTree(
                "[{\"id\":\"s1\",\"kind\":\"refuse\",\"action\":\"SMTP\",\"address\":\"%s\",\"left\":1}]"
                    .formatted(ADDRESS)));

    assertThat(login(ADDRESS)).startsWith("535 ");

    JsonNode logins = control("GET", "logins", "");
    assertThat(logins).hasSize(1);
    assertThat(logins.path(0).path("address").asText()).isEqualTo(ADDRESS);
    assertThat(logins.path(0).path("accepted").asBoolean()).isFalse();
    assertThat(logins.path(0).path("fault").asText()).isEqualTo("refuse");
    assertThat(control("GET", "ca", "").path("pem").asText())
        .isEqualTo(simulator.caCertificate())
        .startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(
            control("POST", "faults", "{\"action\":\"SMTP\",\"kind\":\"x\"}")
                .path("error")
                .asText())
        .contains("refuse, defer");
  }

  private JsonNode control(String method, String path, String body) throws IOException {
    Caller caller = new Caller(simulator);
    return Caller.JSON.readTree(
        caller.send(caller.draft("", body).method(method).target("/_control/" + path)).body());
  }

  @ParameterizedTest
  @EnumSource
  void isDocumentedByItsName(SmtpFault fault) throws IOException {
    assertThat(SmtpFault.of(fault.label())).isEqualTo(fault);
    assertThat(Files.readString(Path.of("docs", "simulator.md")))
        .contains("| `" + fault.label() + "` |");
  }

  @Test
  void idleLimitEndsSilenceToo() throws Exception {
    simulator.close();
    simulator =
        Simulator.start(
            SimulatorOptions.standard()
                .withSmtp(SmtpOptions.standard().withIdleLimit(Duration.ofMillis(100))));
    simulator.faults().smtp().silent();

    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThatThrownBy(caller::reply).isInstanceOf(EOFException.class);
    }
  }
}
