package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.sesoperator.password.Password;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Reads one Secret, fresh from the API server, at the moment its content is needed. */
public final class SecretReader {

  private final ApiRequests requests;

  public SecretReader(ApiRequests requests) {
    this.requests = requests;
  }

  /**
   * The password in one entry, for the caller to close; empty if the Secret or the key is gone.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked
   */
  public Optional<Password> password(SecretName secret, String key) {
    return data(secret).map(data -> data.get(key)).flatMap(SecretValue::decoded).map(Password::of);
  }

  /**
   * The API keys of an account; empty if the Secret or one of its keys is gone.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked
   */
  public Optional<AccountKeys> accountKeys(SecretName secret) {
    return data(secret)
        .flatMap(data ->
            text(data, "secretId")
                .flatMap(id ->
                    text(data, "secretKey")
                        .map(key -> new AccountKeys(id, key, text(data, "token")))));
  }

  private Optional<Map<String, String>> data(SecretName secret) {
    return Optional.ofNullable(
            requests.read(client ->
                client.secrets().inNamespace(secret.namespace()).withName(secret.name()).get()))
        .map(Secret::getData);
  }

  private static Optional<String> text(Map<String, String> data, String key) {
    return Optional.ofNullable(data.get(key))
        .flatMap(SecretValue::decoded)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }
}
