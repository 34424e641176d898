package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be set, and what is refused. */
class ChartValuesTest {

  private static final String REWRITE = "golden.update";

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("replicaCont: 3", "replicaCont"),
        bad("replicaCount: two", "/replicaCount"),
        bad("replicaCount: -1", "/replicaCount"),
        bad("crds: {enabled: 'yes'}", "/crds/enabled"),
        bad("crds: {kepp: true}", "kepp"),
        bad("image: {pullPolicy: Sometimes}", "/image/pullPolicy"),
        bad("image: {digest: latest}", "/image/digest"),
        bad("image: {tag: 1.0}", "/image/tag"),
        bad("imagePullSecrets: registry", "/imagePullSecrets"),
        bad("leaderElection: {leaseDuration: 15}", "/leaderElection/leaseDuration"),
        bad("leaderElection: {retryPeriod: soon}", "/leaderElection/retryPeriod"),
        bad("leaderElection: {leaseName: My_Lease}", "/leaderElection/leaseName"),
        bad("watchNamespaces: shop", "/watchNamespaces"),
        bad("watchNamespaces: [shop, Shop]", "/watchNamespaces/1"),
        bad("watchNamespaces: ['*']", "/watchNamespaces/0"),
        bad("rbac: {aggregate: true}", "aggregate"),
        bad("serviceAccount: {annotations: {a: 1}}", "/serviceAccount/annotations/a"),
        bad("account: {create: true}", "/account/allowedConsumers"),
        bad(account("region: eu-west-1"), "/account/region"),
        bad(account("requestsPerSecond: 21"), "/account/requestsPerSecond"),
        bad(account("endpoint: ses.example.com"), "/account/endpoint"),
        bad(account("smtp: {security: SSL}"), "/account/smtp/security"),
        bad(account("secretKey: oops"), "secretKey"),
        bad(
            "account: {create: true, allowedConsumers: [{namespaces: [shop]}]}",
            "/account/allowedConsumers/0"),
        bad(
            "account: {create: true, allowedConsumers: [{addresses: ['*']}]}",
            "/account/allowedConsumers/0"),
        bad("logging: {level: debug}", "/logging/level"),
        bad("logging: {format: xml}", "/logging/format"),
        bad("metrics: {port: 0}", "/metrics/port"),
        bad("metrics: {serviceMonitor: {interval: 30}}", "/metrics/serviceMonitor/interval"),
        bad(
            "metrics: {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}}",
            "metrics.podMonitor.enabled"),
        bad("metrics: {service: false, serviceMonitor: {enabled: true}}", "metrics.service"),
        bad("prometheusRule: {disabled: [SesOperatorDown]}", "/prometheusRule/disabled"),
        bad("networkPolicy: {apiServerPorts: []}", "/networkPolicy/apiServerPorts"),
        bad("podDisruptionBudget: {minAvailable: half}", "/podDisruptionBudget/minAvailable"),
        bad("terminationGracePeriodSeconds: 5", "/terminationGracePeriodSeconds"),
        bad("extraArgs: --allow-insecure-endpoints", "/extraArgs"),
        bad("extraEnv: {A: b}", "/extraEnv"));
  }

  private static String account(String line) {
    return """
    account:
      create: true
      allowedConsumers: [{namespaces: [shop], addresses: ["*"]}]
      %s
    """
        .formatted(line);
  }

  private static Arguments bad(String values, String named) {
    return Arguments.of(values, named);
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void areRefusedByName(String values, String named) {
    assertThatThrownBy(() -> Chart.text(values)).hasMessageContaining(named);
  }

  @Test
  void areThoseOfTheSchemaWithTheSameMeaning() {
    Map<String, String> described = new TreeMap<>();
    describe("", Chart.schema(), described);
    described.remove("global");

    assertThat(described).isEqualTo(new TreeMap<>(ValuesFile.read().comments()));
  }

  private static void describe(String path, JsonNode schema, Map<String, String> described) {
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
          if (property.getValue().has("description")) {
            described.put(key, property.getValue().get("description").asText());
          } else {
            describe(key, property.getValue(), described);
          }
        });
  }

  @Test
  void areStrictEverywhereButInMapsAndKubernetesOwnTypes() {
    assertStrict("", Chart.schema());
  }

  private static void assertStrict(String path, JsonNode schema) {
    if (schema.has("properties")) {
      assertThat(schema.path("additionalProperties").asText()).as(path).isEqualTo("false");
      schema.get("properties").properties().forEach(it -> assertStrict(it.getKey(), it.getValue()));
    }
  }

  @Test
  void standInTheReadme() throws Exception {
    String table = ValuesFile.read().table();
    String readme = Files.readString(Chart.DIRECTORY.resolve("README.md"));
    String rewritten = readme.replaceFirst("(?s)\\| value \\|.*?\\n\\n", quoted(table + "\n"));
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(Chart.DIRECTORY.resolve("README.md"), rewritten);
    }

    assertThat(readme).as("hack/chart-readme writes it anew").isEqualTo(rewritten);
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
