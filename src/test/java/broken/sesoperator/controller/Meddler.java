package broken.sesoperator.controller;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.password.Password;
import io.sesoperator.ses.PasswordSetter;
import java.net.http.HttpClient;

/** Reaches for everything that others own. */
final class Meddler {
  Object meddle(KubernetesClient client, SmtpCredential credential, PasswordSetter setter)
      throws InterruptedException {
    Thread.sleep(System.currentTimeMillis() % System.getenv().size());
    client.resource(credential).patchStatus();
    System.err.println(credential);
    try (HttpClient http = HttpClient.newHttpClient();
        Password password = Password.of(new byte[0])) {
      return new Object[] {http, password, setter, Secret.class};
    }
  }
}
