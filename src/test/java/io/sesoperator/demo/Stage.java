package io.sesoperator.demo;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.runtime.InvalidSettings;
import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.runtime.Setting;
import io.sesoperator.runtime.SettingsReader;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.CertificateFile;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Everybody who plays: an API server, an SES, and the operator that watches all namespaces. */
final class Stage implements AutoCloseable {

  private final ApiServer server;
  private final Quickstart quickstart;
  private final Simulator ses;
  private OperatorRuntime operator;
  private boolean closed;

  private Stage(ApiServer server) {
    this.server = server;
    this.quickstart = new Quickstart(server.client());
    this.ses =
        Simulator.start(
            SimulatorOptions.standard()
                .withKeys(quickstart.accessKey())
                .withSenders(quickstart.credential().getSpec().emailAddress()));
    createOperatorNamespace();
    this.operator = startOperator();
  }

  /** Sets the stage on this API server, which is closed with it. */
  static Stage on(ApiServer server) {
    try {
      return new Stage(server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  ApiServer server() {
    return server;
  }

  KubernetesClient client() {
    return server.client();
  }

  Simulator ses() {
    return ses;
  }

  Quickstart quickstart() {
    return quickstart;
  }

  void applyQuickstart() {
    quickstart.apply(ses);
  }

  /** Stops the operator and starts another one, which knows nothing of the first. */
  void restartOperator() {
    operator.close();
    operator = startOperator();
  }

  private OperatorRuntime startOperator() {
    Map<Setting, String> flags =
        Map.of(
            Setting.NAMESPACE,
            quickstart.operatorNamespace(),
            Setting.LEADER_ELECTION,
            "false",
            Setting.MANAGEMENT_PORT,
            "0",
            Setting.SMTP_CA_FILE,
            CertificateFile.of(ses).toString());
    Runnable whenBroken =
        () -> {
          throw new IllegalStateException("A watch ended for good");
        };
    try {
      return OperatorRuntime.start(
          SettingsReader.read(flags, Map.of()),
          new Surroundings(
              server.config(), "demo", CredentialSource.none(), Clock.systemUTC(), whenBroken));
    } catch (IOException | InvalidSettings e) {
      throw new IllegalStateException("The operator does not start", e);
    }
  }

  /** As {@code helm install --create-namespace} does. */
  private void createOperatorNamespace() {
    client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(quickstart.operatorNamespace())
                .endMetadata()
                .build())
        .serverSideApply();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    operator.close();
    ses.close();
    server.close();
  }
}
