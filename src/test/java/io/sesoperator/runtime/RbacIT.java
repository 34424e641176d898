package io.sesoperator.runtime;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.kube.KubernetesClients;
import io.sesoperator.kube.Right;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.testing.AuditLog.Request;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator with exactly the rights of the chart, and with one less. The API server is one of
 * its own, for this operator watches all of it.
 */
@ExtendWith(RealApiServerExtension.class)
class RbacIT {

  private static final String ALPHA = Canary.password();
  private static final String BRAVO = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String REMEDY =
      ". A cluster administrator must grant what the chart's roles grant";

  private static RealApiServer server;

  private final World world = World.withoutOperator(server);
  private final Map<Setting, String> settings = world.settings();

  @BeforeAll
  static void start() {
    server = RealApiServer.start(KubeBinaries.find().orElseThrow());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  RbacIT() {
    settings.remove(Setting.WATCH_NAMESPACES);
    settings.put(Setting.LEADER_ELECTION, "true");
    settings.put(Setting.LEASE_RETRY_PERIOD, "200ms");
  }

  @AfterEach
  void end() {
    world.close();
  }

  static List<Grant> rights() {
    return ChartRights.all();
  }

  @Test
  void usesEachRightOfTheChartAndNoOther() throws Exception {
    Config config = ChartRights.grant(server, world.system());
    final long before = server.audit().position();

    live(config);

    List<Request> requests = requestsSince(before);
    assertThat(requests).noneMatch(request -> request.code() == 403);
    assertThat(ChartRights.all())
        .allSatisfy(grant ->
            assertThat(requests)
                .as("use of the right to %s", grant)
                .anyMatch(grant.inOwn(world.system())::allows));
  }

  /** All that an operator does: a first start, a standby, a hand-over, a restart, and its work. */
  private void live(Config config) throws Exception {
    Mailbox box = world.mailbox("shop");
    OperatorRuntime standby;
    try (OperatorRuntime leader = startOperator(config, "leader")) {
      Awaitility.await("a leader").until(leader::isLeading);
      standby = startOperator(config, "standby");
      world.withAccount().sesAccount().await(AVAILABLE);
      box.withPassword(ALPHA).withCredential("deletionPolicy: Revoke").awaitApplied(ALPHA);
      allowByLabel();
      box.await(NOT_ALLOWED);
      world.label(Map.of("mail", "sender"));
      box.await(APPLIED);
      world.label(Map.of("mail", "none"));
      box.await(NOT_ALLOWED);
      world.label(Map.of("mail", "sender"));
      box.await(APPLIED);
    }
    try (standby) {
      Awaitility.await("another leader").atMost(SOON).until(standby::isLeading);
      box.withPassword(BRAVO).awaitApplied(BRAVO);
    }
    try (OperatorRuntime again = startOperator(config, "again")) {
      Awaitility.await("a leader").atMost(SOON).until(again::isLeading);
      box.credential().delete();
      Awaitility.await("the end").atMost(SOON).until(() -> box.credential().get() == null);
      box.secret().delete();
      world.sesAccount().resource().delete();
    }
    assertThat(box.calls()).hasSize(3);
  }

  private void allowByLabel() {
    world
        .sesAccount()
        .patch(
            "spec: {allowedConsumers: [{namespaceSelector: {matchLabels: {mail: sender}},"
                + " addresses: ['*']}]}");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rights")
  void doesNotStartWithOneRightLessAndSaysWhich(Grant missing) {
    String own = world.system();
    Config config = ChartRights.grant(server, own, ChartRights.allBut(missing));

    assertThatThrownBy(() -> startOperator(config, "operator"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ChartRights.user(own) + " has no right to " + missing.inOwn(own) + REMEDY);
    assertThat(world.client().secrets().inNamespace(own).list().getItems()).isEmpty();
  }

  @Test
  void namesAllThatIsMissingInOneLine() {
    String own = world.system();
    Config config = ChartRights.grant(server, own, List.of());

    try (OperatorProcess operator = OperatorProcess.launch(config, settings)) {
      assertThat(operator.awaitExit()).isEqualTo(1);
      assertThat(operator.output().lines())
          .filteredOn(line -> !line.startsWith("{"))
          .containsExactly(
              "run: "
                  + ChartRights.user(own)
                  + " has no right to "
                  + String.join(
                      "; ",
                      "list, watch, patch smtpcredentials of ses-operator.io in the whole cluster",
                      "patch smtpcredentials/status of ses-operator.io in the whole cluster",
                      "list, watch sesaccounts of ses-operator.io in the whole cluster",
                      "patch sesaccounts/status of ses-operator.io in the whole cluster",
                      "get, list, watch secrets in the whole cluster",
                      "list, watch namespaces in the whole cluster",
                      "create, patch events of events.k8s.io in the whole cluster",
                      "create secrets in namespace " + own,
                      "create leases of coordination.k8s.io in namespace " + own,
                      "get, update, patch leases of coordination.k8s.io named ses-operator"
                          + " in namespace "
                          + own)
                  + REMEDY);
    }
  }

  @Test
  void needsNothingInNamespacesThatItDoesNotWatch() throws Exception {
    settings.put(Setting.WATCH_NAMESPACES, world.tenant());
    List<Grant> grants = NeededRightsTest.needed(settings, world.system());
    Config config = ChartRights.grant(server, world.system(), grants);
    final long before = server.audit().position();

    try (OperatorRuntime operator = startOperator(config, "operator")) {
      world.withAccount().sesAccount().await(AVAILABLE);
      world.mailbox("shop").withPassword(ALPHA).withCredential().awaitApplied(ALPHA);
      assertThat(operator.isLeading()).isTrue();
    }

    assertThat(requestsSince(before)).noneMatch(request -> request.code() == 403);
  }

  @Test
  void needsSomethingInEachNamespaceThatItWatches() throws Exception {
    settings.put(Setting.WATCH_NAMESPACES, world.tenant());
    List<Grant> grants = NeededRightsTest.needed(settings, world.system());
    Config config = ChartRights.grant(server, world.system(), grants);
    settings.put(Setting.WATCH_NAMESPACES, world.tenant() + "," + world.neighbour());

    String there = " in namespace " + world.neighbour();
    assertThatThrownBy(() -> startOperator(config, "operator"))
        .hasMessage(
            ChartRights.user(world.system())
                + " has no right to "
                + String.join(
                    "; ",
                    "list, watch, patch smtpcredentials of ses-operator.io" + there,
                    "patch smtpcredentials/status of ses-operator.io" + there,
                    "get, list, watch secrets" + there,
                    "create, patch events of events.k8s.io" + there)
                + REMEDY);
  }

  @Test
  void findsOutInAMomentWhatIsMissing() throws Exception {
    Config config = ChartRights.grant(server, world.system());
    List<Right> needed = NeededRights.of(SettingsReader.read(settings, Map.of()), world.system());
    try (KubernetesClient client = KubernetesClients.create(config)) {
      Rights rights = new Rights(client, needed);
      List<Long> millis =
          IntStream.range(0, 5).mapToObj(_ -> millis(() -> rights.missing())).toList();

      System.out.printf("%d rights were checked in %s ms%n", needed.size(), millis);
      assertThat(millis.getLast()).isLessThan(1000);
    }
  }

  private static long millis(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private List<Request> requestsSince(long position) {
    return server.audit().since(position).stream()
        .filter(request -> request.user().equals(ChartRights.user(world.system())))
        .toList();
  }

  private OperatorRuntime startOperator(Config config, String identity) throws Exception {
    return OperatorRuntime.start(
        SettingsReader.read(settings, Map.of()),
        new Surroundings(config, identity, CredentialSource.none(), Clock.systemUTC(), () -> {}));
  }
}
