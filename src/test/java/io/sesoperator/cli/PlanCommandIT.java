package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.sesoperator.testing.AuditLog.Request;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import io.sesoperator.testing.Kubeconfig;
import io.sesoperator.testing.Outputs;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the plan tells of a cluster whose operator has stopped, and that it changes nothing. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanCommandIT {

  private static final GoldenPage EXAMPLES = new GoldenPage(Path.of("docs", "plan-examples.md"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "ses-operator.io";

  private final RealApiServer server;
  private final World world;
  private final Outputs outputs = Outputs.of("plan");
  @TempDir private Path directory;

  PlanCommandIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
  }

  @BeforeAll
  void somethingOfEverySituation() throws Exception {
    PlanSituations.makeIn(world);
  }

  @AfterAll
  void end() {
    world.close();
  }

  private CommandRun plan(String... options) throws IOException {
    return planAs(server.config(), options);
  }

  private CommandRun planAs(Config config, String... options) throws IOException {
    return planOf(world.system(), config, options);
  }

  private CommandRun planOf(String operatorNamespace, Config config, String... options)
      throws IOException {
    Path kubeconfig = Files.createTempFile(directory, "kube", "config");
    Files.writeString(kubeconfig, Kubeconfig.of(config));
    Stream<String> always =
        Stream.of(
            "plan",
            "--kubeconfig",
            kubeconfig.toString(),
            "--operator-namespace",
            operatorNamespace,
            "-n",
            world.tenant());
    CommandRun run =
        CommandRun.of(Stream.concat(always, Stream.of(options)).toArray(String[]::new));
    outputs.add("plan.txt", run.out() + run.err());
    return run;
  }

  /** The same for every run of this test. */
  private String normalised(String text) {
    return text.replace(world.account(), "default")
        .replace(world.tenant(), "shop")
        .replace(world.system(), "ses-operator")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "2026-01-01T00:00:00Z")
        .replaceAll("\\(\\d+[smhd] ago\\)", "(3h ago)");
  }

  private void assertLikeTheDocument(String name, CommandRun run) {
    String actual = normalised(run.out());
    assertThat(actual).as(name).isEqualTo(EXAMPLES.block(name, actual));
  }

  @Test
  void tellsWhatWouldBecomeOfEachResource() throws IOException {
    CommandRun run = plan("--all");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertLikeTheDocument("all", run);
  }

  @Test
  void hidesWhatStaysAsItIs() throws IOException {
    CommandRun run = plan();

    assertThat(run.out())
        .doesNotContain("unchanged  ", "shop/paused")
        .endsWith(
            "Plan: 2 to set, 1 to change, 4 blocked, 0 unknown, 2 unchanged."
                + System.lineSeparator());
  }

  @Test
  void changesNothingAndAsksSesNothing() throws IOException {
    String reader = server.newNamespace();
    Config config = reader(reader, List.of(secretsOf(world.tenant()), secretsOf(world.system())));
    final int calls = world.ses().calls().all().size();
    final long before = server.audit().position();

    CommandRun run = planAs(config, "--all");

    assertThat(run.out()).contains("0 unknown");
    assertThat(verbsSince(before, reader)).containsOnlyKeys("get", "list");
    assertThat(world.ses().calls().all()).hasSize(calls);
  }

  private Map<String, Long> verbsSince(long position, String reader) {
    return server.audit().since(position).stream()
        .filter(request -> request.user().equals(ChartRights.user(reader)))
        .collect(Collectors.groupingBy(Request::verb, TreeMap::new, Collectors.counting()));
  }

  @Test
  void cannotKnowWhetherAPasswordChangedWithoutTheDigestKey() throws IOException {
    CommandRun run = planAs(reader(List.of(secretsOf(world.tenant()))), "--all");

    assertThat(run.exitCode()).isZero();
    assertLikeTheDocument("without-digest-key", run);
  }

  @Test
  void cannotKnowWhetherASecretIsThereWithoutTheRightToSeeIt() throws IOException {
    CommandRun run = planAs(reader(List.of()), "fresh");

    assertThat(run.exitCode()).isZero();
    assertLikeTheDocument("without-secrets", run);
  }

  @Test
  void knowsLittleWithoutTheAccounts() throws IOException {
    List<Grant> grants = List.of(listsOf("smtpcredentials"), secretsOf(world.tenant()));

    CommandRun run =
        planAs(
            ChartRights.grant(server, server.newNamespace(), grants), "fresh", "paused", "--all");

    assertThat(normalised(run.out()))
        .contains(
            "? shop/fresh",
            "    no right to list sesaccounts of ses-operator.io in the whole cluster",
            "= shop/paused");
  }

  @Test
  void saysWhichRightIsMissingToSeeAnything() throws IOException {
    CommandRun run = planAs(ChartRights.grant(server, server.newNamespace(), List.of()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(normalised(run.err()))
        .isEqualTo(
            "plan: no right to list smtpcredentials of ses-operator.io in namespace shop"
                + System.lineSeparator());
  }

  @Test
  void givesTheSameToPrograms() throws IOException {
    CommandRun run = plan("-o", "json", "changed", "missing");

    assertThat(run.exitCode()).isZero();
    assertLikeTheDocument("json", run);
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.path("resources").valueStream().map(it -> it.path("action").asText()))
        .containsExactly("change", "blocked");
  }

  @Test
  void tellsByItsExitCodeWhetherAllStaysAsItIs() throws IOException {
    assertThat(plan("--detailed-exitcode", "unchanged").exitCode()).isZero();
    assertThat(plan("--detailed-exitcode", "unchanged", "changed").exitCode()).isEqualTo(2);
    assertThat(plan("--detailed-exitcode", "missing").exitCode()).isEqualTo(2);
    assertThat(plan("--detailed-exitcode", "absent").exitCode()).isEqualTo(1);
  }

  @Test
  void namesWhatIsNotThere() throws IOException {
    assertThat(normalised(plan("absent", "fresh").err()))
        .startsWith("plan: no SmtpCredential absent in namespace shop");
  }

  @Test
  void tellsWhatWouldBecomeOfFilesThatAreNotAppliedYet() throws IOException {
    Path files =
        write(
            secret("unchanged", Canary.password())
                + secret("coming", Canary.password())
                + credential("coming", "coming@mail.example.com", "coming")
                + credential("changed", "changed@mail.example.com", "absent")
                + credential("latecomer", "changed@mail.example.com", "coming"));

    CommandRun run = plan("-f", files.toString());

    assertThat(run.exitCode()).isZero();
    assertLikeTheDocument("files", run);
    assertThat(world.mailbox("coming").credential().get()).isNull();
  }

  @Test
  void looksAtWhatDependsOnAnAccountInAFile() throws IOException {
    Path files =
        write(
            account(
                "{namespaces: [%s], addresses: [boss@corp.example.com]}"
                    .formatted(world.tenant())));

    CommandRun run = plan("-f", files.toString(), "foreign", "fresh");

    assertThat(run.out())
        .containsSubsequence("foreign  boss", "SecretNotFound", "fresh  fresh", "NotAllowed");
  }

  @Test
  void cannotKnowWhomAnAccountAllowsWithoutTheLabelsOfTheNamespace() throws IOException {
    Path files =
        write(account("{namespaceSelector: {matchLabels: {mail: sender}}, addresses: ['*']}"));
    Config config = reader(List.of(secretsOf(world.tenant()), secretsOf(world.system())));

    CommandRun blind = planAs(config, "-f", files.toString(), "fresh");
    CommandRun seeing = plan("-f", files.toString(), "fresh");

    assertThat(normalised(blind.out()))
        .contains("? shop/fresh", "no right to get namespaces named shop in the whole cluster");
    assertThat(seeing.out()).contains("NotAllowed");
  }

  @Test
  void refusesFilesThatTheApiServerWouldRefuse() throws IOException {
    CommandRun wrong = plan("-f", write(credential("odd", "no address", "smtp")).toString());
    CommandRun moved =
        plan("-f", write(credential("changed", "other@mail.example.com", "smtp")).toString());

    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("emailAddress", "the API server would refuse these files");
    assertThat(moved.exitCode()).isEqualTo(1);
    assertThat(normalised(moved.err()))
        .isEqualTo(
            "plan: SmtpCredential shop/changed differs in a field that cannot be changed;"
                + " make another one"
                + System.lineSeparator());
    assertThat(plan("-f", "/nowhere.yaml").exitCode()).isEqualTo(2);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "manifests", ".yaml"), yaml);
  }

  private static String secret(String name, String password) {
    return """
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    stringData: {password: "%s"}
    """
        .formatted(name, password);
  }

  private String account(String consumer) {
    return """
    ---
    apiVersion: ses-operator.io/v1alpha1
    kind: SesAccount
    metadata: {name: %s}
    spec:
      region: ap-singapore
      allowedConsumers:
      - %s
    """
        .formatted(world.account(), consumer);
  }

  private String credential(String name, String address, String secret) {
    return """
    ---
    apiVersion: ses-operator.io/v1alpha1
    kind: SmtpCredential
    metadata: {name: %s}
    spec:
      emailAddress: %s
      accountRef: {name: %s}
      passwordSecretRef: {name: %s}
    """
        .formatted(name, address, world.account(), secret);
  }

  @Test
  void saysWhereTheDigestKeyIsNot() throws IOException {
    CommandRun run = planOf("elsewhere", server.config(), "changed");

    assertThat(run.out())
        .contains(
            "no Secret ses-operator-digest-key in namespace elsewhere", "--operator-namespace");
  }

  private Config reader(Collection<Grant> more) {
    return reader(server.newNamespace(), more);
  }

  /** Somebody who may list our resources, and what else is granted, with an account there. */
  private Config reader(String home, Collection<Grant> more) {
    Stream<Grant> ours = Stream.of("smtpcredentials", "sesaccounts").map(PlanCommandIT::listsOf);
    return ChartRights.grant(server, home, Stream.concat(ours, more.stream()).toList());
  }

  private static Grant listsOf(String resource) {
    return new Grant(OURS, resource, "list", Optional.empty(), Optional.empty());
  }

  private static Grant secretsOf(String namespace) {
    return new Grant("", "secrets", "get", Optional.of(namespace), Optional.empty());
  }
}
