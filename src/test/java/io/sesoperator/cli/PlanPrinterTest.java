package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.controller.Sighting;
import io.sesoperator.plan.Forecast;
import io.sesoperator.plan.Forecast.Action;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PlanPrinterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ESCAPE = "\u001b[";

  private static PlannedResource resource(Action action, String message) {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("noreply").build());
    return new PlannedResource(
        new Sighting(credential, Optional.empty(), List.of(), List.of(), true),
        new Forecast(action, Optional.of(Reason.APPLYING), message, Optional.empty()),
        "ses-operator");
  }

  private static String printed(Ansi ansi, boolean all, PlannedResource... plan) {
    StringWriter out = new StringWriter();
    new PlanPrinter(new PrintWriter(out), ansi, NOW).print(List.of(plan), all);
    return out.toString();
  }

  @Test
  void coloursTheSymbolAndNothingThatAResourceHolds() {
    String colours = printed(Ansi.ON, false, resource(Action.CHANGE, "@|red no markup|@"));

    assertThat(colours.lines().findFirst().orElseThrow())
        .startsWith(ESCAPE)
        .endsWith(" shop/noreply  ");
    assertThat(colours.lines().skip(1)).noneMatch(line -> line.contains(ESCAPE));
    assertThat(colours).contains("@|red no markup|@");
    assertThat(printed(Ansi.OFF, false, resource(Action.CHANGE, ""))).startsWith("~ shop/noreply");
  }

  @Test
  void countsWhatItHides() {
    PlannedResource unchanged = resource(Action.NONE, "");

    assertThat(printed(Ansi.OFF, false, unchanged, unchanged).strip())
        .isEqualTo("Plan: 0 to set, 0 to change, 0 blocked, 0 unknown, 2 unchanged.");
    assertThat(printed(Ansi.OFF, true, unchanged)).startsWith("= shop/noreply");
  }
}
