package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class MainPathIT {

  @Test
  void setsThePasswordOfANewCredential(RealApiServer server) throws Exception {
    String password = Canary.password();
    try (World world = World.on(server)) {
      world.withAccount().withPassword("smtp", password).withCredential("noreply");

      SmtpCredentialStatus status = world.awaitApplied("noreply", password);

      assertThat(status.applied().orElseThrow().revision()).isEqualTo(1);
      assertThat(world.ses().calls().writes()).isEqualTo(1);
    }
  }
}
