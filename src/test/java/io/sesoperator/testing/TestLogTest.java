package io.sesoperator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What {@code logback-test.xml} and {@code logging.properties} promise to {@link CanarySearch}. */
class TestLogTest {

  private final String message = UUID.randomUUID().toString();

  @Test
  void holdsWhatLibrariesSayAtTrace() throws IOException {
    for (String name : new String[] {"io.fabric8.x", "io.javaoperatorsdk.x", "io.sesoperator.x"}) {
      LoggerFactory.getLogger(name).trace("{} of {}", message, name);

      assertThat(log()).contains(message + " of " + name);
    }
  }

  @Test
  void holdsKeysAndValuesAndCauses() throws IOException {
    LoggerFactory.getLogger("x")
        .atTrace()
        .addKeyValue("key", message)
        .setCause(new IOException("cause " + message))
        .log("A line");

    assertThat(log()).contains("key=\"" + message + "\"", "cause " + message);
  }

  @Test
  void holdsWhatTheJdkSays() throws IOException {
    System.getLogger("jdk.x").log(System.Logger.Level.TRACE, "system " + message);
    java.util.logging.Logger.getLogger("java.x").finest("jul " + message);

    assertThat(log()).contains("system " + message, "jul " + message);
  }

  private static String log() throws IOException {
    String end = "-" + ProcessHandle.current().pid() + ".log";
    try (Stream<Path> logs = Files.list(Path.of("target", "test-logs"))) {
      return Files.readString(
          logs.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow());
    }
  }
}
