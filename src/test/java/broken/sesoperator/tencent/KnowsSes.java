package broken.sesoperator.tencent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.api.Reason;

/** The protocol knows neither the product nor Kubernetes. */
public final class KnowsSes {
  Object knows(KubernetesClient client) {
    return client == null ? Reason.APPLIED : client;
  }
}
