package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sesoperator.simulator.CallLog.Login;
import io.sesoperator.testing.Canary;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class SmtpDoorTest {

  private static final String A = Canary.password();
  private static final String B = Canary.password();
  private static final String REFUSED = "535 5.7.0 Invalid login or password";

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private final SimulatorOptions options =
      SimulatorOptions.standard().withClock(clock).withSenders(ADDRESS);
  private Simulator simulator;

  @BeforeEach
  void start() {
    start(options);
  }

  private void start(SimulatorOptions chosen) {
    simulator = Simulator.start(chosen);
    simulator.senders().setOutOfBand(ADDRESS, A);
  }

  private void restart(SmtpOptions smtp) {
    simulator.close();
    start(options.withSmtp(smtp));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void acceptsTheRightPasswordByEveryMechanismAndForm() throws Exception {
    List<String> replies = new ArrayList<>();
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      replies.add(caller.login(ADDRESS, A));
    }
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");
      assertThat(caller.say("AUTH plain")).isEqualTo("334");
      replies.add(caller.say("", ADDRESS + "\0" + ADDRESS + "\0" + A));
    }
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");
      assertThat(caller.say("AUTH LOGIN")).isEqualTo("334 " + SmtpCaller.base64("Username:"));
      assertThat(caller.say("", ADDRESS)).isEqualTo("334 " + SmtpCaller.base64("Password:"));
      replies.add(caller.say("", A));
    }
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("HELO test");
      caller.say("AUTH LOGIN ", ADDRESS);
      replies.add(caller.say("", A));
      assertThat(caller.say("QUIT")).isEqualTo("221 2.0.0 Bye");
      assertThatThrownBy(caller::reply).isInstanceOf(EOFException.class);
    }

    assertThat(replies).hasSize(4).containsOnly("235 2.0.0 OK");
  }

  @Test
  void refusesAWrongPasswordAnUnknownSenderAndOneWithoutPassword() throws Exception {
    simulator.senders().add("new@x.test");

    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      assertThat(caller.login(ADDRESS, B)).isEqualTo(REFUSED);
      assertThat(caller.login(ADDRESS, "")).isEqualTo(REFUSED);
      assertThat(caller.login("nobody@x.test", A)).isEqualTo(REFUSED);
      assertThat(caller.login("new@x.test", A)).isEqualTo(REFUSED);
      assertThat(caller.login(ADDRESS, A)).isEqualTo("235 2.0.0 OK");
    }
    simulator.senders().delete(ADDRESS);
    assertThat(login(A)).isEqualTo(REFUSED);
  }

  private String login(String password) throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      return caller.login(ADDRESS, password);
    }
  }

  @Test
  void letsInNobodyBeforeTls() throws Exception {
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      assertThat(caller.reply()).startsWith("220 ");
      assertThat(caller.say("EHLO test")).contains("STARTTLS").doesNotContain("AUTH");
      assertThat(caller.say("AUTH PLAIN ", "\0" + ADDRESS + "\0" + "not said"))
          .isEqualTo("530 5.7.0 Must issue a STARTTLS command first");

      assertThat(caller.say("STARTTLS")).startsWith("220 ");
      caller.handshake();

      assertThat(caller.say("AUTH LOGIN")).isEqualTo("503 5.5.1 Say EHLO first");
      assertThat(caller.say("EHLO test"))
          .contains("250 AUTH PLAIN LOGIN")
          .doesNotContain("STARTTLS");
      assertThat(caller.say("STARTTLS")).startsWith("503 ");
      assertThat(caller.login(ADDRESS, A)).isEqualTo("235 2.0.0 OK");
    }
    assertThat(simulator.calls().logins()).hasSize(1);
  }

  @Test
  void hangsUpOnWhoSmugglesCommandsInBehindStartTls() throws Exception {
    try (SmtpCaller caller = SmtpCaller.inPlainText(simulator)) {
      caller.reply();
      caller.send("EHLO test\r\nSTARTTLS\r\nNOOP\r\n");

      assertThat(caller.reply()).startsWith("250");
      assertThat(caller.reply()).startsWith("421 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH                | 501",
        "AUTH CRAM-MD5       | 504",
        "AUTH PLAIN $        | 501",
        "AUTH PLAIN =        | 501",
        "AUTH PLAIN AGEAYgBj | 501",
        "AUTH PLAIN YgBhAGM= | 535",
        "EHLO                | 501",
        "HELO                | 501",
        "VRFY x              | 502",
        "NONSENSE            | 500",
        "MAIL FROM:<a@x.test>| 530",
        "NOOP                | 250",
        "RSET                | 250",
      })
  void answersMisuseWithTheCodeOfTheStandard(String command, int code) throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");

      assertThat(caller.say(command)).startsWith(code + " ");
      assertThat(caller.say("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void takesNoLoginThatItDoesNotOffer() throws Exception {
    restart(SmtpOptions.standard().withMechanisms("LOGIN"));

    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      assertThat(caller.say("EHLO test")).endsWith("250 AUTH LOGIN");
      assertThat(caller.say("AUTH PLAIN")).startsWith("504 ");
      assertThat(caller.say("AUTH LOGIN")).startsWith("334 ");
    }
  }

  @Test
  void knowsWhenALoginIsCancelledOrRepeated() throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");
      caller.say("AUTH LOGIN");
      assertThat(caller.say("*")).startsWith("501 ");

      caller.login(ADDRESS, A);

      assertThat(caller.say("AUTH PLAIN")).startsWith("503 ");
    }
  }

  @Test
  void takesAnEnvelopeButNoMail() throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.login(ADDRESS, A);
      assertThat(caller.say("RCPT TO:<b@x.test>")).startsWith("503 ");
      assertThat(caller.say("MAIL TO")).startsWith("501 ");
      assertThat(caller.say("MAIL FROM:<" + ADDRESS + ">")).startsWith("250 ");
      assertThat(caller.say("MAIL FROM:<" + ADDRESS + ">")).startsWith("503 ");
      assertThat(caller.say("DATA")).startsWith("503 ");
      assertThat(caller.say("RCPT TO:<b@x.test>")).startsWith("250 ");
      assertThat(caller.say("DATA")).startsWith("554 ");
      assertThat(caller.say("RSET")).startsWith("250 ");
      assertThat(caller.say("DATA")).startsWith("503 ");
    }
  }

  @Test
  void refusesLinesThatAreTooLong() throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.say("EHLO test");
      assertThat(caller.say("NOOP " + "x".repeat(600))).isEqualTo("500 5.5.2 Line too long");
      assertThat(caller.say("AUTH PLAIN " + "A".repeat(4000))).startsWith("501 ");
      assertThat(caller.say("AUTH PLAIN " + "A".repeat(13_000)))
          .isEqualTo("500 5.5.2 Line too long");
      caller.say("AUTH LOGIN");
      assertThat(caller.say("A".repeat(13_000))).startsWith("500 ");

      caller.send("x".repeat(100_000));
      assertThatThrownBy(caller::reply).isInstanceOf(IOException.class);
    }
  }

  @Test
  void hangsUpOnWhoMakesNothingButMistakes() throws Exception {
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      for (int i = 0; i < 10; i++) {
        assertThat(caller.say("NONSENSE")).startsWith("500 ");
      }
      assertThat(caller.reply()).isEqualTo("421 4.7.0 Too many errors");
      assertThatThrownBy(caller::reply).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void hangsUpOnWhoSaysNothing() throws Exception {
    restart(SmtpOptions.standard().withIdleLimit(Duration.ofMillis(200)));

    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      assertThat(caller.reply()).startsWith("421 4.4.2 ");
      assertThatThrownBy(caller::reply).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void servesNoMoreConnectionsThanItMay() throws Exception {
    restart(SmtpOptions.standard().withMostConnections(1));

    try (SmtpCaller first = SmtpCaller.underTls(simulator);
        SmtpCaller second = SmtpCaller.inPlainText(simulator)) {
      assertThatThrownBy(second::reply).isInstanceOf(IOException.class);
      assertThat(first.say("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void saysGoodbyeWhenItEnds() throws Exception {
    try (SmtpCaller tls = SmtpCaller.underTls(simulator);
        SmtpCaller plain = SmtpCaller.inPlainText(simulator)) {
      plain.reply();

      simulator.close();

      assertThat(tls.reply()).isEqualTo("421 4.3.2 The server ends");
      assertThat(plain.reply()).isEqualTo("421 4.3.2 The server ends");
      assertThatThrownBy(tls::reply).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> SmtpCaller.inPlainText(simulator)).isInstanceOf(IOException.class);
  }

  @Test
  void tellsThePortThatIsTakenAndLeavesNoOtherOpen() {
    SmtpOptions taken = SmtpOptions.standard().withPorts(0, simulator.smtpTlsPort());

    assertThatThrownBy(() -> Simulator.start(options.withSmtp(taken)))
        .hasMessageStartingWith("Cannot listen on port " + simulator.smtpTlsPort());
  }

  @Test
  void learnsANewPasswordLater() throws Exception {
    simulator.close();
    start(options.withRules(ServerRules.standard().withPropagation(Duration.ofSeconds(60))));
    assertThat(login(A)).isEqualTo(REFUSED);
    clock.step(Duration.ofSeconds(60));
    assertThat(login(A)).startsWith("235");

    assertThat(new Caller(simulator).update(B).code()).isEmpty();

    assertThat(simulator.senders().holds(ADDRESS, B)).isTrue();
    clock.step(Duration.ofMillis(59_999));
    assertThat(login(A)).startsWith("235");
    assertThat(login(B)).isEqualTo(REFUSED);
    clock.step(Duration.ofMillis(1));
    assertThat(login(A)).isEqualTo(REFUSED);
    assertThat(login(B)).startsWith("235");
  }

  @Test
  void learnsEachOfManyChangesInItsTurn() {
    simulator.close();
    start(options.withRules(ServerRules.standard().withPropagation(Duration.ofSeconds(60))));
    SenderBook senders = simulator.senders();
    String c = Canary.password();
    clock.step(Duration.ofSeconds(20));
    senders.setOutOfBand(ADDRESS, B);
    clock.step(Duration.ofSeconds(20));
    senders.setOutOfBand(ADDRESS, c);

    List<String> worked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      List<String> now =
          List.of(A, B, c).stream().filter(password -> senders.logsIn(ADDRESS, password)).toList();
      worked.add(
          now.isEmpty()
              ? "none"
              : List.of("A", "B", "C").get(List.of(A, B, c).indexOf(now.getFirst())));
      clock.step(Duration.ofSeconds(20));
    }

    assertThat(worked).containsExactly("none", "A", "B", "C", "C");
  }

  @Test
  void forgetsTheOldPasswordOfASenderThatIsMadeAnew() throws Exception {
    simulator.close();
    start(options.withRules(ServerRules.standard().withPropagation(Duration.ofSeconds(60))));
    clock.step(Duration.ofSeconds(60));

    simulator.senders().recreate(ADDRESS);

    assertThat(login(A)).isEqualTo(REFUSED);
  }

  @Test
  void servesEveryAccountOfItsRegionAndNoOtherRegion() throws Exception {
    simulator.senders("200", "ap-singapore").add("d@x.test");
    simulator.senders("200", "ap-singapore").setOutOfBand("d@x.test", B);
    simulator.senders("200", "ap-hongkong").add("e@x.test");
    simulator.senders("200", "ap-hongkong").setOutOfBand("e@x.test", B);

    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      assertThat(caller.login("e@x.test", B)).isEqualTo(REFUSED);
      assertThat(caller.login("d@x.test", B)).startsWith("235");
    }
  }

  @Test
  void writesEveryLoginDownAndNeverAPassword() throws Exception {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("io.sesoperator.simulator");
    appender.start();
    logger.addAppender(appender);
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.login(ADDRESS, B);
      clock.step(Duration.ofSeconds(1));
      caller.login(ADDRESS, A);
    }
    try (SmtpCaller caller = SmtpCaller.underTls(simulator)) {
      caller.login(A, ADDRESS);
      caller.say(A);
    } finally {
      logger.detachAppender(appender);
    }

    Instant start = Instant.parse("2026-11-23T12:00:00Z");
    assertThat(simulator.calls().logins())
        .containsExactly(
            new Login(start, ADDRESS, "PLAIN over TLS", false, ""),
            new Login(start.plusSeconds(1), ADDRESS, "PLAIN over TLS", true, ""),
            new Login(start.plusSeconds(1), "", "PLAIN over TLS", false, ""));
    assertThat(simulator.calls().loginTree() + appender.list.toString())
        .doesNotContain(A, B, SmtpCaller.base64(A));
    simulator.calls().clear();
    assertThat(simulator.calls().logins()).isEmpty();
  }
}
