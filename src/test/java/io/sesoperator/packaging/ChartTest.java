package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart as the real Helm renders it. */
class ChartTest {

  private static final String EVERYTHING = "src/test/resources/packaging/everything.yaml";

  @Test
  void passesTheStrictLint() {
    var result = Chart.helm().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  /** Each toggle alone, turned to its other side, and all together. */
  static Stream<String> matrix() throws Exception {
    return Stream.concat(
        Stream.of(
            "{}",
            "crds: {enabled: false}",
            "crds: {keep: false}",
            "replicaCount: 1",
            "replicaCount: 0",
            "{replicaCount: 1, leaderElection: {enabled: false}}",
            "watchNamespaces: [shop, blog, shop2]",
            "rbac: {create: false}",
            "rbac: {aggregateRoles: false}",
            "serviceAccount: {create: false}",
            "serviceAccount: {create: false, name: mine}",
            "account: {create: true, allowedConsumers: [{namespaceSelector: {}, addresses: ['*']}]}",
            "metrics: {service: false}",
            "metrics: {serviceMonitor: {enabled: true}}",
            "metrics: {podMonitor: {enabled: true}}",
            "prometheusRule: {enabled: true}",
            "dashboard: {enabled: true}",
            "networkPolicy: {enabled: false}",
            "podDisruptionBudget: {enabled: false}",
            "fullnameOverride: short",
            "nameOverride: other",
            "image: {registry: registry.example.com/mirror/, digest: 'sha256:%s'}"
                .formatted("a".repeat(64)),
            "jvm: {options: ''}"),
        Stream.of(Files.readString(Path.of(EVERYTHING))));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void saysNothingThatKubernetesDoesNotKnow(String values) {
    assertThat(Chart.objects(values))
        .isNotEmpty()
        .allSatisfy(object -> assertThat(UnknownFields.of(object)).as(name(object)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void namesEachObjectOnceAndLabelsIt(String values) {
    List<HasMetadata> ours =
        Chart.objects(values).stream().filter(it -> !name(it).contains("extra")).toList();

    assertThat(ours).extracting(ChartTest::name).doesNotHaveDuplicates();
    assertThat(ours)
        .allSatisfy(object ->
            assertThat(object.getMetadata().getLabels())
                .as(name(object))
                .containsEntry("app.kubernetes.io/instance", Chart.RELEASE)
                .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/version"));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void isAllowedInANamespaceThatIsRestricted(String values) {
    PodSpec pod = pod(values);

    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    Container operator = operator(pod);
    assertThat(operator.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(operator.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(operator.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(operator.getSecurityContext().getCapabilities().getAdd()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void selectsItsOwnPodsEverywhere(String values) {
    Deployment deployment = Chart.only(Deployment.class, values);
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(labels).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    Chart.all(Service.class, values)
        .forEach(it -> assertThat(labels).containsAllEntriesOf(it.getSpec().getSelector()));
    Chart.all(NetworkPolicy.class, values)
        .forEach(it ->
            assertThat(labels)
                .containsAllEntriesOf(it.getSpec().getPodSelector().getMatchLabels()));
    Chart.all(PodDisruptionBudget.class, values)
        .forEach(it ->
            assertThat(labels).containsAllEntriesOf(it.getSpec().getSelector().getMatchLabels()));
  }

  @Test
  void carriesTheCrdsAsTheyAreAndKeepsThem() throws Exception {
    List<CustomResourceDefinition> rendered = Chart.all(CustomResourceDefinition.class, "{}");

    assertThat(rendered).hasSize(2);
    for (CustomResourceDefinition crd : rendered) {
      Path source = Path.of("crds", file(crd));
      assertThat(Chart.DIRECTORY.resolve("files").resolve(source)).hasSameBinaryContentAs(source);
      assertThat(crd.getSpec())
          .isEqualTo(
              Chart.parse(Files.readString(source), CustomResourceDefinition.class).getSpec());
      assertThat(crd.getMetadata().getAnnotations())
          .containsEntry("helm.sh/resource-policy", "keep");
    }
    assertThat(Chart.all(CustomResourceDefinition.class, "crds: {keep: false}"))
        .noneMatch(
            crd -> crd.getMetadata().getAnnotations().containsKey("helm.sh/resource-policy"));
  }

  private static String file(CustomResourceDefinition crd) {
    return crd.getMetadata().getName() + ".yaml";
  }

  @Test
  void prefersTheDigestToTheTag() {
    String digest = "sha256:" + "b".repeat(64);

    assertThat(image("image: {repository: mine, tag: v1}")).isEqualTo("mine:v1");
    assertThat(image("image: {repository: mine, tag: v1, digest: '%s'}".formatted(digest)))
        .isEqualTo("mine@" + digest);
    assertThat(image("image: {registry: r.example.com/a/, repository: mine, tag: v1}"))
        .isEqualTo("r.example.com/a/mine:v1");
  }

  @Test
  void asksThePortThatItOpens() {
    String values = "metrics: {port: 9191}";
    Container operator = operator(pod(values));

    assertThat(env(operator)).containsEntry("SES_OPERATOR_MANAGEMENT_PORT", "9191");
    assertThat(operator.getPorts()).extracting("containerPort").containsExactly(9191);
    assertThat(
            Stream.of(
                operator.getStartupProbe(),
                operator.getLivenessProbe(),
                operator.getReadinessProbe()))
        .extracting(Probe::getHttpGet)
        .allSatisfy(get -> assertThat(get.getPort()).isEqualTo(new IntOrString("http")));
    assertThat(Chart.only(Service.class, values).getSpec().getPorts())
        .extracting("port")
        .containsExactly(9191);
  }

  @Test
  void keepsAReplicaOnlyWhereThereAreTwo() {
    assertThat(Chart.all(PodDisruptionBudget.class, "replicaCount: 2")).hasSize(1);
    assertThat(Chart.all(PodDisruptionBudget.class, "replicaCount: 1")).isEmpty();
  }

  @Test
  void refusesTwoOperatorsThatDoNotKnowOfEachOther() {
    assertThatThrownBy(() -> Chart.text("leaderElection: {enabled: false}"))
        .hasMessageContaining("leaderElection.enabled must be true");
  }

  @Test
  void letsOnlyThroughWhatTheOperatorNeeds() {
    NetworkPolicy policy = Chart.only(NetworkPolicy.class, "{}");

    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getEgress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(port -> port.getProtocol() + " " + port.getPort().getValue())
        .containsExactlyInAnyOrder(
            "UDP 53", "TCP 53", "TCP 443", "TCP 6443", "TCP 443", "TCP 465", "TCP 587");
    assertThat(policy.getSpec().getIngress().stream().flatMap(rule -> rule.getPorts().stream()))
        .extracting(port -> port.getPort().getValue())
        .containsExactly(8080);
  }

  @Test
  void shipsTheDashboardAndTheAlertsAsTheyAre() throws Exception {
    ConfigMap dashboard = Chart.only(ConfigMap.class, "dashboard: {enabled: true}");
    Path file = Chart.DIRECTORY.resolve("files/dashboards/ses-operator.json");

    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(dashboard.getData().get("ses-operator.json").strip())
        .isEqualTo(Files.readString(file).strip());
    assertThat(alerts("prometheusRule: {enabled: true}")).hasSize(8).contains("SesOperatorDown");
    assertThat(alerts("prometheusRule: {enabled: true, disabled: {SesOperatorDown: true}}"))
        .hasSize(7)
        .doesNotContain("SesOperatorDown");
  }

  @SuppressWarnings("unchecked")
  private static List<String> alerts(String values) {
    GenericKubernetesResource rule = Chart.all(GenericKubernetesResource.class, values).getFirst();
    List<Map<String, Object>> groups = rule.get("spec", "groups");
    return groups.stream()
        .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
        .map(it -> (String) it.get("alert"))
        .toList();
  }

  @Test
  void rendersFurtherObjectsAsTemplates() {
    assertThat(
            Chart.all(
                ConfigMap.class,
                """
                extraObjects:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: "{{ .Release.Name }}-extra"}}
                - |
                  apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: extra-{{ .Release.Namespace }}}
                """))
        .extracting(it -> it.getMetadata().getName())
        .containsExactly("mail-extra", "extra-ops");
  }

  private static String name(HasMetadata object) {
    return object.getKind()
        + " "
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }

  private static String image(String values) {
    return operator(pod(values)).getImage();
  }

  private static PodSpec pod(String values) {
    return Chart.only(Deployment.class, values).getSpec().getTemplate().getSpec();
  }

  private static Container operator(PodSpec pod) {
    return pod.getContainers().getFirst();
  }

  private static Map<String, String> env(Container operator) {
    return operator.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
