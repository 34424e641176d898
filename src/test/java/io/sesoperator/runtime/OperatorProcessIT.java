package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.Canary;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class OperatorProcessIT {

  private static final String PASSWORD = Canary.password();

  @Test
  void worksWithoutAWordOfComplaintThoughItLogsEverything(RealApiServer server) {
    List<String> options =
        Stream.concat(
                OperatorProcess.QUICK_START.stream(),
                Stream.of("-DSES_OPERATOR_LOG_LEVEL_LIBRARIES=TRACE"))
            .toList();
    try (World world = World.withoutOperator(server)) {
      Map<Setting, String> settings = world.settings();
      settings.put(Setting.LOG_LEVEL, "TRACE");
      try (OperatorProcess operator = OperatorProcess.start(server.config(), settings, options)) {
        world.withAccount().withPassword("smtp", PASSWORD).withCredential("noreply");

        world.awaitApplied("noreply", PASSWORD);
        operator.terminate();

        assertThat(operator.awaitExit()).isZero();
        assertThat(operator.log())
            .extracting(OperatorProcess.Line::level)
            .contains("INFO", "DEBUG", "TRACE")
            .doesNotContain("WARN", "ERROR");
        assertThat(operator.output().lines()).allMatch(line -> line.startsWith("{"));
      }
    }
  }
}
