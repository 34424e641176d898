package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows that build and publish: whoever can change what they run can publish as us. */
class WorkflowsTest {

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void runOnlyActionsThatCannotChange(Path workflow) throws IOException {
    List<String> used =
        Files.readAllLines(workflow).stream()
            .map(String::strip)
            .filter(line -> line.matches("-? ?uses:.*"))
            .toList();

    assertThat(used)
        .isNotEmpty()
        .allMatch(line -> line.matches("- uses: [\\w./-]+@[0-9a-f]{40} # v[0-9.]+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void mayOnlyReadUnlessAJobSaysOtherwise(Path workflow) throws IOException {
    assertThat(read(workflow).path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void endByThemselves(Path workflow) throws IOException {
    assertThat(read(workflow).path("jobs"))
        .isNotEmpty()
        .allSatisfy(job -> assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 60));
  }

  private static JsonNode read(Path workflow) throws IOException {
    Object read = new KubernetesSerialization().unmarshal(Files.readString(workflow), Map.class);
    return new ObjectMapper().valueToTree(read);
  }
}
