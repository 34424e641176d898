package io.sesoperator.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sesoperator.fuzz.FuzzTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.LoggerFactory;

/** An input is all that a client sends over one connection. */
class SimulatorFuzzTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Logger logger = (Logger) LoggerFactory.getLogger(HttpPort.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  SimulatorFuzzTest() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
  }

  @FuzzTarget
  void answersOrHangsUpAndGoesOnServing(byte[] input) throws IOException {
    String text = new String(input, ISO_8859_1);
    if (isToldToWait(text)) {
      return;
    }
    log.list.clear();
    try (Simulator simulator = Simulator.start(SimulatorOptions.standard())) {
      send(simulator, input);
      String answer =
          send(
              simulator, "GET /_control/keys HTTP/1.1\nConnection: close\n\n".getBytes(ISO_8859_1));
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
    assertThat(log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)))
        .extracting(event -> event.getMessage() + " " + event.getKeyValuePairs())
        .isEmpty();
  }

  /** The control API can make the simulator keep requests; then silence is right. */
  private static boolean isToldToWait(String text) {
    return text.contains("hold") || text.contains("slow") || text.contains("\\u");
  }

  private static String send(Simulator simulator, byte[] bytes) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), simulator.endpoint().getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      // else each of a million connections stays in TIME_WAIT for a minute
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return read(socket);
    }
  }

  private static String read(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("Neither answered nor hung up", e);
    } catch (SocketException _) {
      return ""; // hung up before it has read all
    }
  }
}
