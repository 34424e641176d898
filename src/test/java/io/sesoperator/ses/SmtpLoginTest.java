package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sesoperator.password.Password;
import io.sesoperator.ses.BoundedSocket.Limits;
import io.sesoperator.ses.LoginResult.Accepted;
import io.sesoperator.ses.LoginResult.Cause;
import io.sesoperator.ses.LoginResult.Refused;
import io.sesoperator.ses.LoginResult.Unreachable;
import io.sesoperator.ses.SmtpServer.Security;
import io.sesoperator.simulator.CallLog.Login;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.simulator.SmtpFaultSetup;
import io.sesoperator.simulator.SmtpOptions;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class SmtpLoginTest {

  private static final String ADDRESS = "noreply@mail.example.com";
  private static final String RIGHT = Canary.password();
  private static final String WRONG = Canary.password();
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final int MOST_BYTES = 64 * 1024;

  private Simulator simulator;

  @BeforeEach
  void start() {
    start(SmtpOptions.standard());
  }

  private void start(SmtpOptions smtp) {
    simulator = Simulator.start(SimulatorOptions.standard().withSenders(ADDRESS).withSmtp(smtp));
    simulator.senders().setOutOfBand(ADDRESS, RIGHT);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private SmtpServer server(Security security) {
    return server("localhost", security);
  }

  private SmtpServer server(String host, Security security) {
    int port = security == Security.TLS ? simulator.smtpTlsPort() : simulator.smtpStartTlsPort();
    return new SmtpServer(host, port, security);
  }

  private SmtpLogin client(Duration silence, Duration whole) {
    return new SmtpLogin(
        SmtpTrust.withPem(simulator.caCertificate()),
        new Limits(silence, whole, MOST_BYTES),
        SHORT);
  }

  private LoginResult login(Security security, String password) {
    return login(client(LONG, LONG), server(security), password);
  }

  private static LoginResult login(SmtpLogin client, SmtpServer server, String password) {
    try (Password value = Password.of(password.getBytes(UTF_8))) {
      return client.login(server, ADDRESS, value);
    }
  }

  private static LoginResult because(Cause cause) {
    return new Unreachable(cause);
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheRightPasswordFromAWrongOne(Security security) {
    assertThat(login(security, RIGHT)).isEqualTo(new Accepted());
    assertThat(login(security, WRONG)).isEqualTo(new Refused());

    simulator.senders().delete(ADDRESS);

    assertThat(login(security, RIGHT)).isEqualTo(new Refused());
    assertThat(simulator.calls().logins())
        .extracting(Login::address, Login::by, Login::accepted)
        .containsExactly(
            tuple(ADDRESS, "PLAIN over TLS", true),
            tuple(ADDRESS, "PLAIN over TLS", false),
            tuple(ADDRESS, "PLAIN over TLS", false));
  }

  @ParameterizedTest
  @EnumSource
  void logsInAtAServerThatKnowsNothingButLogin(Security security) {
    simulator.close();
    start(SmtpOptions.standard().withMechanisms("LOGIN"));

    String logged =
        loggedBy(() -> {
          assertThat(login(security, RIGHT)).isEqualTo(new Accepted());
          assertThat(login(security, WRONG)).isEqualTo(new Refused());
        });

    assertThat(simulator.calls().logins())
        .extracting(Login::by)
        .containsExactly("LOGIN over TLS", "LOGIN over TLS");
    assertThat(logged)
        .contains("AUTH LOGIN command trace suppressed")
        .doesNotContain(RIGHT, WRONG, base64(RIGHT), base64(WRONG));
  }

  @Test
  void believesWhomTheJvmBelievesAndWhoIsNamedBesides() {
    SmtpServer server = server(Security.TLS);

    assertThat(login(SmtpLogin.trusting(simulator.caCertificate()), server, RIGHT))
        .isEqualTo(new Accepted());
    assertThat(login(SmtpLogin.trustingTheJvm(), server, RIGHT))
        .isEqualTo(because(Cause.CERTIFICATE));
    assertThatThrownBy(() -> SmtpLogin.trusting("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SmtpLogin.trusting("no certificate"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void findsTheServerByItsAddressToo(Security security) {
    assertThat(login(client(LONG, LONG), server("127.0.0.1", security), RIGHT))
        .isEqualTo(new Accepted());
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(Cause.TEMPORARY, SmtpFaultSetup::defer),
        fault(Cause.TEMPORARY, SmtpFaultSetup::busy),
        fault(Cause.CONNECTION, SmtpFaultSetup::lose),
        fault(Cause.CONNECTION, SmtpFaultSetup::close),
        fault(Cause.TIME_OUT, SmtpFaultSetup::hang),
        fault(Cause.TIME_OUT, SmtpFaultSetup::silent),
        fault(Cause.PROTOCOL, SmtpFaultSetup::noAuth),
        fault(Cause.PROTOCOL, SmtpFaultSetup::garbage),
        fault(Cause.PROTOCOL, SmtpFaultSetup::endlessLine),
        fault(Cause.PROTOCOL, SmtpFaultSetup::endlessReply),
        fault(Cause.CERTIFICATE, SmtpFaultSetup::wrongName),
        fault(Cause.CERTIFICATE, SmtpFaultSetup::expired),
        fault(Cause.TLS, SmtpFaultSetup::oldTls));
  }

  private static Arguments fault(Cause cause, Consumer<SmtpFaultSetup> fault) {
    return Arguments.of(cause, fault);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void knowsNothingOfThePasswordWhenSomethingGoesWrong(
      Cause cause, Consumer<SmtpFaultSetup> fault) {
    for (Security security : Security.values()) {
      fault.accept(simulator.faults().smtp());

      assertThat(login(client(SHORT, LONG), server(security), RIGHT)).isEqualTo(because(cause));

      assertThat(login(security, RIGHT)).isEqualTo(new Accepted());
    }
  }

  @Test
  void believesARefusalHoweverRightThePasswordIs() {
    simulator.faults().smtp().times(2).refuse();

    assertThat(login(Security.TLS, RIGHT)).isEqualTo(new Refused());
    assertThat(login(Security.STARTTLS, RIGHT)).isEqualTo(new Refused());
    assertThat(login(Security.TLS, RIGHT)).isEqualTo(new Accepted());
  }

  @Test
  void saysNoPasswordInPlainText() {
    simulator.faults().smtp().stripStartTls();

    assertThat(login(Security.STARTTLS, RIGHT)).isEqualTo(because(Cause.TLS));

    assertThat(simulator.calls().logins()).isEmpty();
  }

  @Test
  void noticesAServerThatSpeaksTheOtherSecurity() {
    SmtpServer plain = new SmtpServer("localhost", simulator.smtpStartTlsPort(), Security.TLS);

    assertThat(login(client(LONG, LONG), plain, RIGHT)).isEqualTo(because(Cause.TLS));
  }

  @ParameterizedTest
  @EnumSource
  void endsEvenIfEachSilenceIsShortEnough(Security security) {
    simulator.faults().smtp().silent();

    assertThat(login(client(LONG, SHORT), server(security), RIGHT))
        .isEqualTo(because(Cause.TIME_OUT));
  }

  @Test
  void tellsAHostThatIsNotKnownFromOneThatDoesNotListen() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(login(client(LONG, LONG), new SmtpServer("127.0.0.1", free, Security.TLS), RIGHT))
        .isEqualTo(because(Cause.CONNECTION));
    assertThat(
            login(
                client(LONG, LONG),
                new SmtpServer("no.such.host.invalid", free, Security.TLS),
                RIGHT))
        .isEqualTo(because(Cause.UNKNOWN_HOST));
  }

  @Test
  void knowsThreeKindsOfReplyToALogin() {
    assertThat(LoginVerdicts.ofReply(235)).isEqualTo(new Accepted());
    assertThat(LoginVerdicts.ofReply(535)).isEqualTo(new Refused());
    assertThat(LoginVerdicts.ofReply(454)).isEqualTo(because(Cause.TEMPORARY));
    assertThat(LoginVerdicts.ofReply(250)).isEqualTo(because(Cause.PROTOCOL));
    assertThat(LoginVerdicts.ofReply(530)).isEqualTo(because(Cause.PROTOCOL));
  }

  @Test
  void takesARefusalOfTheConnectionForNoVerdictOnThePassword() throws IOException {
    try (ScriptedServer server = new ScriptedServer("535 no")) {
      assertThat(login(client(LONG, LONG), server.asStartTls(), RIGHT))
          .isEqualTo(because(Cause.PROTOCOL));
    }
  }

  @Test
  void makesFourLoginsAtOnceAndNoMore() throws Exception {
    SmtpLogin client = client(LONG, LONG);
    Executor threads = Thread::startVirtualThread;
    simulator.faults().smtp().times(4).hang();
    List<CompletableFuture<LoginResult>> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(
          CompletableFuture.supplyAsync(() -> login(client, server(Security.TLS), RIGHT), threads));
    }
    await().until(() -> simulator.calls().logins().size() == 4);

    assertThat(login(client, server(Security.TLS), RIGHT)).isEqualTo(because(Cause.BUSY));

    simulator.close();
    for (CompletableFuture<LoginResult> one : four) {
      assertThat(one.get(10, TimeUnit.SECONDS)).isInstanceOf(Unreachable.class);
    }
    assertThat(login(client, server(Security.TLS), RIGHT)).isEqualTo(because(Cause.CONNECTION));
  }

  @Test
  void triesNothingOnAThreadThatIsToEnd() {
    Thread.currentThread().interrupt();

    assertThat(login(Security.TLS, RIGHT)).isEqualTo(because(Cause.BUSY));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(simulator.calls().logins()).isEmpty();
  }

  @Test
  void triesNothingWithAPasswordThatWasWiped() {
    Password password = Password.of(RIGHT.getBytes(UTF_8));
    password.close();

    assertThatThrownBy(() -> client(LONG, LONG).login(server(Security.TLS), ADDRESS, password))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void keepsThePasswordFromALibraryThatLogsAllElse(Security security) {
    String logged =
        loggedBy(() -> {
          assertThat(login(security, RIGHT)).isEqualTo(new Accepted());
          assertThat(login(security, WRONG)).isEqualTo(new Refused());
        });

    assertThat(logged)
        .contains("EHLO localhost", "AUTH PLAIN command trace suppressed")
        .doesNotContain(RIGHT, WRONG, base64("\0" + ADDRESS + "\0" + RIGHT));
  }

  private static String loggedBy(Runnable logins) {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("org.eclipse.angus");
    appender.start();
    logger.addAppender(appender);
    try {
      logins.run();
    } finally {
      logger.detachAppender(appender);
    }
    return appender.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .collect(Collectors.joining("\n"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
