package io.sesoperator.testing;

import io.fabric8.kubernetes.client.Config;

/** How to connect, as a file that kubectl and the operator read. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /** The text of such a file. */
  public static String of(Config config) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
    users: [{name: u, user: {token: "%s"}}]
    contexts: [{name: x, context: {cluster: c, user: u}}]
    current-context: x
    """
        .formatted(config.getMasterUrl(), config.getCaCertData(), config.getOauthToken());
  }
}
