package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.AuditLog.Request;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.OperatorProcess.Line;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class IdleRestartIT {

  private static final int SIZE = 500;
  private static final int ACCOUNTS = 5;
  private static final int LATE = SIZE;

  @Test
  void costsNoWriteForHealthyCredentials(RealApiServer server) throws Exception {
    ServerRules rules = ServerRules.standard().withRequestsPerSecond(20 * ACCOUNTS);
    try (World world = World.withoutOperator(server, options -> options.withRules(rules));
        Fleet fleet = Fleet.of(world, ACCOUNTS, SIZE + 1)) {
      fleet.add(SIZE);
      Config config = ChartRights.grant(server, world.system());
      applyAll(world, fleet, config);
      final long restart = server.audit().position();

      applyOneMore(world, fleet, config);

      List<Request> requests = requests(server.audit().since(restart), world);
      System.out.printf(
          "A restart with %d healthy credentials: %d requests%n", SIZE, requests.size());
      assertThat(requests).hasSizeLessThan(80);
      // nothing but what the one late credential needs
      assertThat(requests)
          .filteredOn(Request::writes)
          .allMatch(request ->
              request.resource().equals("events") || request.name().equals(fleet.name(LATE)))
          .filteredOn(request -> request.resource().equals("smtpcredentials/status"))
          .hasSize(2);
      assertThat(world.ses().calls().writes()).isEqualTo(1);
      assertThat(world.ses().calls().accepted(fleet.address(LATE))).hasSize(1);
    }
  }

  private static void applyAll(World world, Fleet fleet, Config config) {
    try (OperatorProcess operator = OperatorProcess.start(config, settings(world))) {
      fleet.awaitReady(SIZE);
      operator.terminate();
      assertThat(operator.awaitExit()).isZero();
      assertThat(operator.log()).extracting(Line::level).containsOnly("INFO", "DEBUG");
    }
    assertThat(world.ses().calls().writes()).isEqualTo(SIZE);
    world.ses().calls().clear();
  }

  /** By another operator, once it has looked at all that was there. */
  private static void applyOneMore(World world, Fleet fleet, Config config) {
    try (OperatorProcess operator = OperatorProcess.start(config, settings(world))) {
      awaitLooks(operator, fleet);
      awaitAccountChecks(world);
      fleet.addOne(LATE);
      fleet.awaitApplied(LATE, 0);
      operator.terminate();
      assertThat(operator.awaitExit()).isZero();
    }
  }

  private static Map<Setting, String> settings(World world) {
    Map<Setting, String> settings = world.settings();
    settings.put(Setting.LOG_LEVEL, "DEBUG");
    return settings;
  }

  private static List<Request> requests(List<Request> all, World world) {
    return all.stream()
        .filter(request -> request.user().equals(ChartRights.user(world.system())))
        .toList();
  }

  private static void awaitLooks(OperatorProcess operator, Fleet fleet) {
    Set<String> all = IntStream.range(0, SIZE).mapToObj(fleet::name).collect(Collectors.toSet());
    Awaitility.await("a look at each credential")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(250))
        .until(() -> looksAt(operator), all::equals);
  }

  private static Set<String> looksAt(OperatorProcess operator) {
    return operator.log().stream()
        .filter(line -> line.message().equals("Nothing to do"))
        .map(line -> line.fact("name"))
        .collect(Collectors.toSet());
  }

  private static void awaitAccountChecks(World world) {
    Awaitility.await("a look at each account")
        .until(() ->
            world.ses().calls().all().stream()
                    .map(Call::action)
                    .filter("ListEmailAddress"::equals)
                    .count()
                >= ACCOUNTS);
  }
}
