package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class OperatorProcessIT {

  @Test
  void setsAPasswordWithoutAWordOfComplaintAndTellsItByAnEvent(RealApiServer server) {
    String password = Canary.password();
    try (World world = World.withoutOperator(server);
        OperatorProcess operator = OperatorProcess.start(server.config(), world.settings())) {
      world.withAccount().withPassword("smtp", password).withCredential("noreply");

      world.awaitApplied("noreply", password);
      operator.terminate();

      assertThat(operator.awaitExit()).isZero();
      assertThat(operator.log()).extracting(OperatorProcess.Line::level).containsOnly("INFO");
      assertThat(operator.output().lines()).allMatch(line -> line.startsWith("{"));
      assertThat(
              world.client().resources(Event.class).inNamespace(world.tenant()).list().getItems())
          .extracting(Event::getReason)
          .contains("Applied");
    }
  }
}
