package io.sesoperator.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The Grafana dashboard that the chart ships. */
record Dashboard(JsonNode root) {

  static Dashboard read() {
    try {
      return new Dashboard(
          new ObjectMapper()
              .readTree(Chart.DIRECTORY.resolve("files/dashboards/ses-operator.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that shows something: rows only head others. */
  List<JsonNode> panels() {
    return elements(root.path("panels"))
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  List<JsonNode> variables() {
    return elements(root.at("/templating/list")).toList();
  }

  static Stream<JsonNode> targets(JsonNode panel) {
    return elements(panel.path("targets"));
  }

  /** Every query in PromQL. */
  List<String> queries() {
    return panels().stream()
        .flatMap(Dashboard::targets)
        .map(target -> target.path("expr").asText())
        .toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
