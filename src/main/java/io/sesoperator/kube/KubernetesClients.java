package io.sesoperator.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.stream.Stream;

/** Makes the operator's Kubernetes client. */
public final class KubernetesClients {

  /**
   * fabric8's name for what logs every request and answer at TRACE, Secrets included
   * (StandardHttpClientBuilder).
   */
  private static final String HTTP_LOGGING = "HttpLogging";

  /**
   * A call that fails is tried this often; the rest is for the next pass, so that no pass hangs on
   * one call.
   */
  private static final int MOST_RETRIES = 3;

  private static final int TIMEOUT_MILLIS = 10_000;

  private KubernetesClients() {}

  /**
   * A client that reads our resources leniently, gives up early and logs no content, whatever the
   * log level.
   *
   * @param witnesses see each request and its answer
   */
  public static KubernetesClient create(Config config, Interceptor... witnesses) {
    config.setRequestRetryBackoffLimit(MOST_RETRIES);
    config.setConnectionTimeout(TIMEOUT_MILLIS);
    config.setRequestTimeout(TIMEOUT_MILLIS);
    return build(config, witnesses);
  }

  /** The same for somebody who waits for the answer: no call is tried twice. */
  public static KubernetesClient createImpatient(Config config, Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(millis);
    config.setRequestTimeout(millis);
    return build(config);
  }

  private static KubernetesClient build(Config config, Interceptor... witnesses) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(KubernetesJson.create())
        .withHttpClientBuilderConsumer(http -> {
          http.addOrReplaceInterceptor(HTTP_LOGGING, null);
          Stream.of(witnesses)
              .forEach(witness -> http.addOrReplaceInterceptor(name(witness), witness));
        })
        .build();
  }

  private static String name(Interceptor witness) {
    return witness.getClass().getName();
  }
}
