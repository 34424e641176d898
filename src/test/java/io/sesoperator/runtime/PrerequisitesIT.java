package io.sesoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.testing.CustomResourceDefinitions;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator says that cannot start, and nothing else. */
@ExtendWith(RealApiServerExtension.class)
class PrerequisitesIT {

  private final RealApiServer server;
  private final World world;
  private final Map<Setting, String> settings;

  PrerequisitesIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
    this.settings = world.settings();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private List<String> saidAtTheEnd(Config config) {
    try (OperatorProcess operator = OperatorProcess.launch(config, settings)) {
      assertThat(operator.awaitExit()).isEqualTo(1);
      return operator.output().lines().toList();
    }
  }

  @Test
  void namesTheCrdsWhenTheyAreMissing() {
    try (RealApiServer own = RealApiServer.start(KubeBinaries.find().orElseThrow())) {
      settings.put(Setting.NAMESPACE, own.newNamespace(Map.of()));
      own.client()
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("sesaccounts." + SmtpCredential.GROUP)
          .delete();

      List<String> said = saidAtTheEnd(own.config());
      CustomResourceDefinitions.apply(own.client()); // for what the server leaves at its end

      assertThat(said)
          .containsExactly("run: the cluster has no SesAccounts: install the CRDs of ses-operator");
    }
  }

  @Test
  void namesItsNamespaceWhenThereIsNone() {
    settings.put(Setting.NAMESPACE, "nowhere");

    assertThat(saidAtTheEnd(server.config()))
        .containsExactly(
            "run: there is no namespace nowhere: make it, or name another by --namespace");
  }

  @Test
  void namesThePortThatSomebodyElseHas() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      settings.put(Setting.MANAGEMENT_PORT, Integer.toString(taken.getLocalPort()));

      assertThat(saidAtTheEnd(server.config()))
          .containsExactly(
              "run: cannot listen on port %d; see --management-port: Address already in use"
                  .formatted(taken.getLocalPort()));
    }
  }
}
