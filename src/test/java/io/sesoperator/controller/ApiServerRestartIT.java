package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.simulator.Hold;
import io.sesoperator.testing.Cable;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API server goes away and comes back, below an operator that runs through it. It is one of its
 * own, for no other test could work meanwhile.
 */
@ExtendWith(RealApiServerExtension.class)
class ApiServerRestartIT {

  private static final String ALPHA = Canary.password();
  private static final String BRAVO = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);

  private static RealApiServer server;

  private World world;
  private Cable cable;
  private OperatorProcess operator;

  @BeforeAll
  static void start() {
    server = RealApiServer.start(KubeBinaries.find().orElseThrow());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void apply() throws Exception {
    world = World.withoutOperator(server);
    cable = Cable.to(server.config());
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    // by another operator, so that the one under test makes its first change at once
    world.startOperatorAgain();
    world.awaitApplied("noreply", ALPHA);
    world.stopOperator();
    operator =
        OperatorProcess.start(
            cable.through(server.config()), OperatorProcess.atTrace(world.settings()));
  }

  @AfterEach
  void end() {
    operator.close();
    cable.close();
    world.close();
  }

  @Test
  void pushesAChangeAfterTheServerWasKilledAndStartedAgain() {
    server.kill();
    server.restart();

    world.withPassword("smtp", BRAVO);

    assertPushedOnce();
  }

  @Test
  void pushesAChangeThatWasMadeWhileItsWatchesWereCut() {
    cable.cut();
    world.withPassword("smtp", BRAVO);
    cable.mend();

    assertPushedOnce();
  }

  @Test
  void writesTheStatusAfterTheServerHungForLongerThanARequestMayTake() {
    Hold answer = world.ses().faults().holdAfterApplying();
    world.withPassword("smtp", BRAVO);
    answer.awaitArrival(SOON);

    server.pause();
    try {
      answer.release();
      Awaitility.await("an operator that lives")
          .during(Duration.ofSeconds(11))
          .atMost(SOON)
          .until(operator::isAlive);
    } finally {
      server.resume();
    }

    assertPushedOnce();
  }

  private void assertPushedOnce() {
    world.awaitApplied("noreply", BRAVO);
    assertThat(operator.isAlive()).isTrue();
    operator.terminate();
    assertThat(operator.awaitExit()).isZero();
    assertThat(world.ses().calls().accepted(World.ADDRESS)).hasSize(2);
    assertThat(world.ses().calls().writes()).isEqualTo(2);
  }
}
