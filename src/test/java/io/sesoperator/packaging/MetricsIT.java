package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.api.Reason;
import io.sesoperator.runtime.Setting;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running operator lets Prometheus see, and what is made of it. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {

  private static final Path PAGE = Path.of("docs", "metrics.md");
  private static final Pattern NAME = Pattern.compile("\\b(?:ses_operator|jvm|process)_\\w+");

  private final World world;

  MetricsIT(RealApiServer server) throws Exception {
    world = World.on(server);
    world.withAccount().sesAccount().await(Reason.AVAILABLE);
    doSomethingOfEachKind();
  }

  private void doSomethingOfEachKind() {
    String password = Canary.password();
    Mailbox mailbox =
        world
            .mailbox("measured")
            .withPassword(password)
            .withCredential("deletionPolicy: Revoke", "driftPolicy: Enforce");
    mailbox.awaitApplied(password);
    world.mailbox("broken").withPassword("short").withCredential().await(Reason.INVALID_PASSWORD);
    world.mailbox("refused").withPassword(Canary.password()).withCredential("verification: Report");
    asked();
    Mailbox revoked = world.mailbox("revoked").withPassword(Canary.password());
    revoked.withCredential("deletionPolicy: Revoke").await(Reason.APPLIED);
    revoked.credential().delete();
    Awaitility.await("the revocation").until(() -> revoked.credential().get() == null);
    lost();
  }

  /** A drift that is only reported. */
  private void lost() {
    String password = Canary.password();
    Mailbox lost = world.mailbox("lost").withPassword(password).withCredential();
    lost.awaitApplied(password);
    world.passTime(Duration.ofMinutes(2));
    world.ses().senders().recreate(lost.address());
    lost.patch("{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"1\"}}}");
    lost.await(status -> status.condition("Drifted").isPresent());
  }

  /** A question to SES, by hand. */
  private void asked() {
    String password = Canary.password();
    Mailbox asked =
        world
            .mailbox("asked")
            .withPassword(password)
            .withCredential("driftPolicy: Enforce", "verification: Disabled");
    asked.awaitApplied(password);
    asked.patch("{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"1\"}}}");
    asked.await(status -> status.lastHandledReconcileAt().isPresent());
  }

  @AfterAll
  void end() {
    world.close();
  }

  @Test
  void areThoseOfTheDocument() throws Exception {
    List<String> rows = scrape().types().entrySet().stream().map(this::row).sorted().toList();
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf("|---|---|---|---|\n") + 18);
    String rewritten = head + String.join("\n", rows) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, rewritten);
    }

    assertThat(page).as("hack/metrics writes it anew").isEqualTo(rewritten);
  }

  private String row(Map.Entry<String, String> metric) {
    Scrape scrape = scrape();
    return "| `%s` | %s | %s | %s |"
        .formatted(
            metric.getKey(),
            metric.getValue(),
            String.join(", ", scrape.labels(metric.getKey())),
            scrape.help(metric.getKey()));
  }

  @Test
  void haveAllThatAlertsAndDashboardAskFor() {
    Set<String> known = scrape().series();

    assertThat(used()).hasSizeGreaterThan(15).isSubsetOf(known);
  }

  private static Set<String> used() {
    Stream<String> rules = Alerts.rules().stream().map(rule -> rule.path("expr").asText());
    return Stream.concat(rules, Stream.concat(Dashboard.read().queries().stream(), variables()))
        .flatMap(query -> NAME.matcher(query).results())
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> variables() {
    return Dashboard.read().variables().stream()
        .map(variable -> variable.at("/query/query"))
        .filter(query -> !query.isMissingNode())
        .map(JsonNode::asText);
  }

  @Test
  void goWithTheResourceThatTheyTellOf() {
    String password = Canary.password();
    Mailbox mailbox = world.mailbox("going").withPassword(password).withCredential();
    mailbox.awaitApplied(password);
    Awaitility.await("the series").until(() -> scrape().text().contains("name=\"going\""));

    mailbox.credential().delete();

    Awaitility.await("its end").until(() -> !scrape().text().contains("name=\"going\""));
  }

  @Test
  void countWhatIsNotReadyByItsReason() {
    assertThat(scrape().text())
        .contains("ses_operator_credentials{ready=\"False\",reason=\"InvalidPassword\"} 1.0")
        .contains(
            "ses_operator_credential_ready{name=\"broken\",namespace=\"%s\"} 0.0"
                .formatted(world.tenant()))
        .contains("ses_operator_account_ready{account=\"%s\"} 1.0".formatted(world.account()));
  }

  @Test
  void leaveOutTheSingleResourceWhereThatIsWanted() throws Exception {
    world.stopOperator();
    world.startOperatorIn(Map.of(), with(Setting.RESOURCE_METRICS, "false"));
    world.sesAccount().await(Reason.AVAILABLE);
    Awaitility.await("all credentials")
        .until(() -> scrape().text().contains("reason=\"InvalidPassword\""));

    assertThat(scrape().text()).doesNotContain("ses_operator_credential_ready");

    world.stopOperator();
    world.startOperatorAgain();
  }

  private Map<Setting, String> with(Setting setting, String value) {
    Map<Setting, String> flags = world.settings();
    flags.put(setting, value);
    return flags;
  }

  private Scrape scrape() {
    return Scrape.of(world.operator().managementPort());
  }
}
