package io.sesoperator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The product's {@code logback.xml}, which no other test of this JVM loads. */
class LogFormatTest {

  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws JoranException {
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Path.of("src", "main", "resources", "logback.xml").toFile());
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private LoggingEvent event(Object value) {
    Object[] arguments = {value};
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("x"), Level.INFO, "{} done", null, arguments);
    event.setKeyValuePairs(List.of(new KeyValuePair("value", value)));
    return event;
  }

  private JsonNode line(Object value) throws IOException {
    return new ObjectMapper().readTree(appender().getEncoder().encode(event(value)));
  }

  private OutputStreamAppender<ILoggingEvent> appender() {
    return (OutputStreamAppender<ILoggingEvent>)
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("json");
  }

  /** Holds back what its getter tells. */
  public record Shy(String getSecret) {

    @Override
    public String toString() {
      return "Shy";
    }
  }

  @Test
  void tellsOfAnObjectWhatItsToStringTells() throws IOException {
    JsonNode line = line(new Shy("the secret"));

    assertThat(line.path("value").asText()).isEqualTo("Shy");
    assertThat(line.path("message").asText()).isEqualTo("Shy done");
    assertThat(line.toString()).doesNotContain("the secret");
  }

  @Test
  void writesValuesOfEveryKindAsText() throws IOException {
    assertThat(line(Optional.of(1)).path("value").asText()).isEqualTo("Optional[1]");
    assertThat(line(List.of(new Object())).path("value").asText()).startsWith("[java.lang.Object@");
  }

  @Test
  void keepsTheStackTraceInOneLine() throws IOException {
    LoggingEvent event = event("x");
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("broken\n\"so\"")));

    String text = new String(appender().getEncoder().encode(event), UTF_8);

    assertThat(text).hasLineCount(1).endsWith("}\n");
    assertThat(new ObjectMapper().readTree(text).path("stackTrace").asText())
        .startsWith("java.lang.IllegalStateException: broken\n\"so\"")
        .contains("\tat io.sesoperator.runtime.LogFormatTest.keepsTheStackTraceInOneLine(");
  }

  @Test
  void tellsTheTimeInUtc() throws IOException {
    assertThat(line("x").path("timestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  }
}
