package io.sesoperator.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sesoperator.kube.KubernetesJson;
import java.util.Map;

/**
 * A Kubernetes API with our CRDs, to run the operator against: a {@link RealApiServer}, or where
 * milliseconds count a {@link MockApiServer}.
 */
public interface ApiServer extends AutoCloseable {

  /** A client that may do everything; closed with the server. */
  KubernetesClient client();

  /** How {@link #client()} connects. */
  Config config();

  /** What this is, for people: name and version. */
  String description();

  /** Makes a namespace that nobody else uses and returns its name. */
  default String newNamespace() {
    return newNamespace(Map.of());
  }

  /** Makes a namespace with these labels that nobody else uses and returns its name. */
  String newNamespace(Map<String, String> labels);

  @Override
  void close();

  /**
   * A further client, to be closed by the caller. As the operator's own it reads leniently and logs
   * no content; in addition it notes as a {@link Canary} what it puts into Secrets.
   */
  static KubernetesClient connect(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(KubernetesJson.create())
        .withHttpClientBuilderConsumer(http ->
            http.addOrReplaceInterceptor("HttpLogging", null)
                .addOrReplaceInterceptor("Canaries", new SecretsAreCanaries()))
        .build();
  }
}
