package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.Hold;
import io.sesoperator.testing.AuditLog.Request;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A credential is deleted while SES has its password in hand. */
@ExtendWith(RealApiServerExtension.class)
class DeletedInMidCallIT {

  private static final String PASSWORD = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);

  private final RealApiServer server;
  private final World world;

  DeletedInMidCallIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void writesNoStatusAndDoesNotTryAgain() {
    Hold call = world.ses().faults().holdBeforeApplying();
    world.ses().senders().add("other@mail.example.com");
    world.withAccount().withPassword("smtp", PASSWORD).withCredential("noreply");
    try (OperatorProcess operator = OperatorProcess.launch(server.config(), world.settings())) {
      call.awaitArrival(SOON);
      final long before = server.audit().position();

      delete("noreply");
      call.release();

      world.withCredential(
          "other", "emailAddress: other@mail.example.com", "passwordSecretRef: {name: smtp}");
      world.awaitReason("other", "Applied");
      operator.terminate();
      assertThat(operator.awaitExit()).isZero();
      assertThat(operator.log()).extracting(OperatorProcess.Line::level).containsOnly("INFO");
      assertThat(server.audit().since(before))
          .filteredOn(request -> request.verb().equals("patch"))
          .filteredOn(request -> request.namespace().equals(world.tenant()))
          .filteredOn(request -> request.name().equals("noreply"))
          .extracting(Request::code)
          .containsExactly(404);
    }
    assertThat(world.credential("noreply")).isNull();
    assertThat(world.ses().calls().writes()).isEqualTo(2);
  }

  @Test
  void startsFromNothingForACredentialThatIsMadeAnew() throws Exception {
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withAccount().withPassword("smtp", PASSWORD).withCredential("noreply");
    world.startOperatorAgain();
    call.awaitArrival(SOON);
    final String uid = world.credential("noreply").getMetadata().getUid();

    delete("noreply");
    world.withCredential("noreply");
    call.release();

    SmtpCredentialStatus status = world.awaitApplied("noreply", PASSWORD);
    world.stopOperator();
    assertThat(world.credential("noreply").getMetadata().getUid()).isNotEqualTo(uid);
    assertThat(status.applied()).get().matches(applied -> applied.revision() == 1);
    assertThat(status.applied()).get().matches(applied -> applied.outcome().equals("Unchanged"));
    assertThat(world.ses().calls().writes()).isEqualTo(2);
  }

  private void delete(String name) {
    world
        .client()
        .resources(SmtpCredential.class)
        .inNamespace(world.tenant())
        .withName(name)
        .delete();
    Awaitility.await("the end of " + name).until(() -> world.credential(name) == null);
  }
}
