package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.testing.Kubeconfig;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The operator does what the plan has told. */
@ExtendWith(RealApiServerExtension.class)
class PlanAgreementIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealApiServer server;
  private final World world;
  @TempDir private Path directory;

  PlanAgreementIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void theOperatorDoesWhatThePlanTells() throws Exception {
    PlanSituations.makeIn(world);
    final int writes = world.ses().calls().writes();
    List<JsonNode> plan = plan();

    world.startOperatorAgain();
    plan.forEach(this::assertItHappens);
    world.stopOperator();

    long told = plan.stream().filter(PlanAgreementIT::isPush).count();
    assertThat(told).isEqualTo(2);
    assertThat(world.ses().calls().writes() - writes).isEqualTo(told);
    assertThat(plan())
        .filteredOn(PlanAgreementIT::isPush)
        .as("what is left to do when all is done")
        .isEmpty();
  }

  private void assertItHappens(JsonNode resource) {
    Mailbox mailbox =
        world.mailbox(resource.path("name").asText(), resource.path("address").asText());
    Reason reason = Reason.fromWire(resource.path("reason").asText()).orElseThrow();
    if (isPush(resource)) {
      mailbox.await(Reason.APPLIED);
    } else if (reason == Reason.SUSPENDED) {
      assertThat(mailbox.status().condition(Condition.READY)).isEmpty();
    } else {
      mailbox.await(reason);
    }
  }

  private static boolean isPush(JsonNode resource) {
    return List.of("set", "change").contains(resource.path("action").asText())
        && !resource.path("reason").asText().equals(Reason.CHANGE_PLANNED.wire());
  }

  private List<JsonNode> plan() throws IOException {
    Path kubeconfig =
        Files.writeString(directory.resolve("config"), Kubeconfig.of(server.config()));
    CommandRun run =
        CommandRun.of(
            "plan",
            "--kubeconfig=" + kubeconfig,
            "--operator-namespace=" + world.system(),
            "--namespace=" + world.tenant(),
            "--output=json");
    return JSON.readTree(run.out()).path("resources").valueStream().toList();
  }
}
