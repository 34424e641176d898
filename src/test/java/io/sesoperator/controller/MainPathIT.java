package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class MainPathIT {

  @Test
  void setsThePasswordOfANewCredential(RealApiServer server) throws Exception {
    try (World world = World.on(server)) {
      world.withAccount().withPassword("smtp", "Ab12Cd34Ef56").withCredential("noreply");

      SmtpCredentialStatus status = world.awaitApplied("noreply", "Ab12Cd34Ef56");

      assertThat(status.applied().orElseThrow().revision()).isEqualTo(1);
      assertThat(world.ses().calls().writes()).isEqualTo(1);
    }
  }
}
