package broken.sesoperator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.ses.PasswordSetter;

/** Changes what it should only look at. */
final class PlanCommand {
  Object plan(KubernetesClient client, PasswordSetter setter) {
    client.secrets().delete();
    return setter;
  }
}
