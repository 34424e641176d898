package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What promtool does not check of the alerts; the rest is run by hack/alerts. */
class AlertsTest {

  static List<JsonNode> rules() {
    return Alerts.rules();
  }

  @Test
  void areEight() {
    assertThat(Alerts.rules()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void sayWhatIsWrongWhoMustActAndHowBadItIs(JsonNode rule) {
    assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
    assertThat(rule.at("/annotations/description").asText())
        .containsPattern("must |says who must act");
    assertThat(rule.path("for").asText()).matches("[0-9]+m");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void leadToAPageOfTheirOwn(JsonNode rule) throws IOException {
    String name = rule.path("alert").asText();
    Path page = Path.of("docs", "runbooks", name + ".md");

    assertThat(rule.at("/annotations/runbook_url").asText()).endsWith("/" + page);
    assertThat(Files.readString(page))
        .startsWith("# " + name)
        .contains("**Meaning.**", "**Impact.**", "**Who acts.**", "## Look", "## Do");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void areTriedBothWays(JsonNode rule) {
    String name = rule.path("alert").asText();

    assertThat(Alerts.tests())
        .anyMatch(test -> test.startsWith(name + " fires "))
        .anyMatch(test -> test.startsWith(name + " does not fire "));
  }
}
