package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Canary;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallLogTest {

  private static final String PASSWORD = "A+b/1=2&Cd%34\"x";

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.sesoperator.simulator");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.TRACE);
    simulator = Simulator.start(SimulatorOptions.standard().withClock(clock).withSenders(ADDRESS));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  @Test
  void tellsEveryRequestAndWhatBecameOfIt() throws IOException {
    String accepted = caller.update(Canary.password()).response().path("RequestId").asText();
    clock.step(Duration.ofSeconds(2));
    String refused = caller.update("weak").response().path("RequestId").asText();
    simulator.faults().closeBeforeApplying();
    assertThatThrownBy(() -> caller.update("Zy98Xw76Vu54")).isInstanceOf(EOFException.class);
    caller.call("ListEmailAddress", "{}");

    List<Call> calls = simulator.calls().all();

    assertThat(calls)
        .extracting(Call::action, Call::address, Call::result, Call::applied, Call::requestId)
        .startsWith(
            org.assertj.core.groups.Tuple.tuple(
                "UpdateEmailSmtpPassWord", ADDRESS, "", true, accepted),
            org.assertj.core.groups.Tuple.tuple(
                "UpdateEmailSmtpPassWord",
                ADDRESS,
                "InvalidParameterValue.InvalidSmtpPassWord",
                false,
                refused),
            org.assertj.core.groups.Tuple.tuple(
                "UpdateEmailSmtpPassWord", ADDRESS, CallLog.NOT_PROCESSED, false, ""));
    assertThat(calls).hasSize(4);
    assertThat(calls).extracting(Call::region).containsOnly("ap-singapore");
    assertThat(calls).extracting(Call::secretId).containsOnly("AKIDsimulatorDemoKey");
    assertThat(calls.get(1).time()).isEqualTo("2026-11-23T12:00:02Z");
    assertThat(simulator.calls().writes()).isEqualTo(3);
    assertThat(simulator.calls().accepted(ADDRESS)).containsExactly(calls.getFirst());
    assertThat(simulator.calls().accepted("other@x.test")).isEmpty();
    assertThat(Caller.JSON.readTree(simulator.calls().json()).path(1).path("result").asText())
        .isEqualTo("InvalidParameterValue.InvalidSmtpPassWord");

    simulator.calls().clear();

    assertThat(simulator.calls().all()).isEmpty();
    assertThat(simulator.calls().writes()).isZero();
  }

  @Test
  void neverHoldsAPasswordNorDoesTheLog() throws IOException {
    caller.update(PASSWORD);
    caller.update(PASSWORD);
    caller.update("nobody@x.test", PASSWORD);
    caller.call("UpdateEmailSmtpPassWord", "{\"Password\":\"" + PASSWORD + "\"");
    caller.call("Nonsense", "{\"Password\":\"" + PASSWORD.replace("\"", "") + "\"}");
    simulator.faults().loseReply();
    assertThatThrownBy(() -> caller.update(PASSWORD)).isInstanceOf(EOFException.class);
    simulator.senders().setOutOfBand(ADDRESS, PASSWORD);

    StringBuilder outputs = new StringBuilder(simulator.calls().json());
    simulator.calls().all().forEach(outputs::append);
    appender.list.forEach(
        event -> outputs.append(event.getFormattedMessage()).append(event.getKeyValuePairs()));

    assertThat(appender.list).hasSizeGreaterThanOrEqualTo(6);
    assertThat(simulator.calls().accepted(ADDRESS)).hasSize(1);
    assertThat(outputs.toString())
        .contains(ADDRESS)
        .doesNotContain(
            PASSWORD,
            PASSWORD.replace("\"", ""),
            PASSWORD.replace("\"", "\\\""),
            URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)),
            SignatureCheck.sha256(PASSWORD.getBytes(StandardCharsets.UTF_8)));
  }
}
