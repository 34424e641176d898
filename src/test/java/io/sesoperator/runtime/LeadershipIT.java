package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.simulator.Hold;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas with the rights of the chart, each a process of its own. */
@ExtendWith(RealApiServerExtension.class)
class LeadershipIT {

  private static final String ALPHA = Canary.password();
  private static final String BRAVO = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);

  private final RealApiServer server;
  private final World world;
  private final Map<Setting, String> settings;

  LeadershipIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
    this.settings = OperatorProcess.atTrace(world.settings());
    settings.put(Setting.LEADER_ELECTION, "true");
    settings.put(Setting.LEASE_RETRY_PERIOD, "500ms");
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void finishesTheCallInFlightAndHandsOver() {
    Config config = ChartRights.grant(server, world.system());
    final long before = server.audit().position();
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    try (OperatorProcess leader = OperatorProcess.start(config, settings);
        OperatorProcess standby = OperatorProcess.start(config, settings)) {
      call.awaitArrival(SOON);

      leader.terminate();
      Awaitility.await("the beginning of the end").until(() -> !leader.isReady());
      assertThat(holder()).contains(leader.name());
      assertThat(standby.isReady()).isTrue();
      call.release();

      assertThat(leader.awaitExit()).isZero();
      final long ended = System.nanoTime();
      assertThat(world.awaitReason("noreply", "Applied").applied())
          .map(Applied::outcome)
          .contains("Changed");
      awaitHolder(standby);
      Duration takeover = Duration.ofNanos(System.nanoTime() - ended);
      System.out.printf("The other replica took over after %d ms%n", takeover.toMillis());
      assertThat(takeover).isLessThan(Duration.ofSeconds(5));

      world.withPassword("smtp", BRAVO);
      world.awaitApplied("noreply", BRAVO);
      assertThat(world.ses().calls().writes()).isEqualTo(2);
      assertThat(pushes(leader)).isEqualTo(1);
      assertThat(pushes(standby)).isEqualTo(1);

      standby.terminate();
      assertThat(standby.awaitExit()).isZero();
      assertThat(holder()).as("who holds the Lease at last").contains("");
    }
    assertThat(server.audit().since(before))
        .filteredOn(request -> request.user().equals(ChartRights.user(world.system())))
        .isNotEmpty()
        .allMatch(request -> request.code() != 403);
  }

  @Test
  void leavesThePlaceToTheNextLeaderWhenItHangsInMidCall() {
    settings.put(Setting.LEASE_DURATION, "3s");
    settings.put(Setting.LEASE_RENEW_DEADLINE, "2s");
    Hold answer = world.ses().faults().holdAfterApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    try (OperatorProcess hung = OperatorProcess.start(server.config(), settings);
        OperatorProcess standby = OperatorProcess.start(server.config(), settings)) {
      answer.awaitArrival(SOON);

      hung.pause();
      awaitHolder(standby);
      Applied applied = world.awaitApplied("noreply", ALPHA).applied().orElseThrow();
      answer.release();
      hung.resume();

      assertThat(hung.awaitExit()).isEqualTo(1);
      assertThat(world.credential("noreply").statusOrNone().applied()).contains(applied);
      assertThat(applied.outcome()).isEqualTo("Unchanged");
      assertThat(standby.isReady()).isTrue();
      assertThat(world.ses().calls().writes()).isEqualTo(2);
    }
  }

  @Test
  void endsTheProcessWhenTheLeaseIsLost() {
    try (OperatorProcess leader = OperatorProcess.start(server.config(), settings)) {
      awaitHolder(leader);

      lease()
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"holderIdentity\":\"somebody-else\"}}");

      assertThat(leader.awaitExit()).isEqualTo(1);
      assertThat(holder()).contains("somebody-else");
    }
  }

  @Test
  void makesTheLeaseAnewWhenItIsDeleted() {
    try (OperatorProcess leader = OperatorProcess.start(server.config(), settings)) {
      awaitHolder(leader);

      lease().delete();

      awaitHolder(leader);
      assertThat(leader.isReady()).isTrue();
    }
  }

  private long pushes(OperatorProcess operator) {
    return operator.log().stream().filter(line -> line.fact("action").equals("Push")).count();
  }

  private void awaitHolder(OperatorProcess operator) {
    Awaitility.await("the leadership of " + operator.name())
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> holder().filter(operator.name()::equals).isPresent());
  }

  private Optional<String> holder() {
    return Optional.ofNullable(lease().get())
        .map(lease -> lease.getSpec().getHolderIdentity().replaceFirst("_.*", ""));
  }

  private Resource<Lease> lease() {
    return world.client().leases().inNamespace(world.system()).withName("ses-operator");
  }
}
