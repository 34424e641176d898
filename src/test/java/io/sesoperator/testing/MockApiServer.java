package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's CRUD mock server, with server-side apply and our CRDs. It starts in milliseconds and
 * knows the status subresource and optimistic locking, but validates nothing, fills in no defaults,
 * has no RBAC, and ignores all selectors but those on labels and names.
 */
public final class MockApiServer implements ApiServer {

  /** Held here, because the log manager holds loggers weakly: it would forget the level. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final AtomicInteger namespaces = new AtomicInteger();
  private final KubernetesMockServer server;
  private final Config config;
  private final KubernetesClient client;

  public MockApiServer() {
    REQUESTS.setLevel(Level.WARNING);
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new ServerSideApplyDispatcher(),
            false);
    server.start();
    try (KubernetesClient theirs = server.createClient()) {
      config = theirs.getConfiguration();
    }
    client = ApiServer.connect(config);
    CustomResourceDefinitions.create(client);
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public String description() {
    return "fabric8's mock server, not a real API server";
  }

  @Override
  public String newNamespace(Map<String, String> labels) {
    String name = "test-" + namespaces.incrementAndGet();
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToLabels("kubernetes.io/metadata.name", name)
                .endMetadata()
                .build())
        .create();
    return name;
  }

  @Override
  public void close() {
    if (Outputs.areSearched()) {
      Outputs.of("mock").addAll(client);
    }
    client.close();
    server.shutdown();
  }
}
