package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules of Grafana's dashboard-linter
 * (https://github.com/grafana/dashboard-linter/blob/main/docs/index.md), for our dashboard.
 */
class DashboardTest {

  private static final String SOURCE = "${datasource}";

  private final Dashboard dashboard = Dashboard.read();

  @Test
  void letsTheReaderChooseTheSourceTheNamespaceAndTheAccount() {
    assertThat(dashboard.variables())
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("datasource", "namespace", "pod", "account");
    assertThat(dashboard.variables().getFirst().path("query").asText()).isEqualTo("prometheus");
    assertThat(dashboard.variables())
        .allSatisfy(variable -> assertThat(variable.path("label").asText()).isNotBlank());
  }

  @Test
  void tellsOfEachPanelWhatItMeansAndInWhichUnit() {
    assertThat(dashboard.panels()).hasSizeGreaterThan(10);
    assertThat(dashboard.panels())
        .allSatisfy(panel -> {
          String title = panel.path("title").asText();
          assertThat(title).isNotBlank();
          assertThat(panel.path("description").asText()).as(title).endsWith(".");
          assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
          assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo(SOURCE);
        });
  }

  @Test
  void asksOnlyForTheChosenPodsOverAnIntervalThatFitsTheScrapes() {
    Stream<JsonNode> targets = dashboard.panels().stream().flatMap(Dashboard::targets);

    assertThat(targets)
        .isNotEmpty()
        .allSatisfy(target -> {
          assertThat(target.at("/datasource/uid").asText()).isEqualTo(SOURCE);
          assertThat(target.path("expr").asText())
              .contains("namespace=~\"$namespace\"", "pod=~\"$pod\"");
        });
    assertThat(dashboard.queries())
        .filteredOn(query -> query.contains("rate(") || query.contains("increase("))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(query).contains("[$__rate_interval]"));
  }

  @Test
  void showsNoPanelTwiceInOnePlace() {
    assertThat(dashboard.root().path("panels"))
        .extracting(panel -> panel.path("gridPos").toString())
        .doesNotHaveDuplicates();
    assertThat(dashboard.root().path("panels"))
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates();
  }
}
