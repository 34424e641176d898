package io.sesoperator.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The alerts that the chart ships. */
final class Alerts {

  private static final Path TESTS = Path.of("src", "test", "resources", "alerts", "tests.yaml");

  private Alerts() {}

  /** Each rule, as Prometheus reads it. */
  static List<JsonNode> rules() {
    return StreamSupport.stream(
            yaml(Chart.DIRECTORY.resolve("files/alerts.yaml")).path("groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .toList();
  }

  /** The names of the tests that promtool runs, such as {@code SesOperatorDown fires when …}. */
  static List<String> tests() {
    return StreamSupport.stream(yaml(TESTS).path("tests").spliterator(), false)
        .map(test -> test.path("name").asText())
        .toList();
  }

  private static JsonNode yaml(Path file) {
    try {
      Object read = new KubernetesSerialization().unmarshal(Files.readString(file), Map.class);
      return new ObjectMapper().valueToTree(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
