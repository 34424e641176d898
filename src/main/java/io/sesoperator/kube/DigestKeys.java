package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.password.DigestKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the key of all digests in an immutable Secret beside the operator. It is made at the first
 * start and never in a chart, which would make another one at each rendering. A lost key heals by
 * itself: every digest differs, every value is pushed again and SES answers that it has it.
 */
public final class DigestKeys {

  /** The Secret's name, in the operator's own namespace. */
  public static final String SECRET = "ses-operator-digest-key";

  private static final String ENTRY = "key";
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final SecretName secret;

  public DigestKeys(KubernetesClient client, String namespace) {
    this.client = client;
    this.secret = new SecretName(namespace, SECRET);
  }

  /**
   * The key, made now if there is none. Of two operators that start at once, both end up with the
   * same one.
   *
   * @throws KubernetesClientException if the Secret can neither be read nor made
   * @throws IllegalStateException if a Secret of that name holds no key
   */
  public DigestKey loadOrCreate(SecureRandom random) {
    return load().orElseGet(() -> create(DigestKey.generate(random)));
  }

  /**
   * The key, if there is one already.
   *
   * @throws KubernetesClientException if the Secret cannot be read
   * @throws IllegalStateException if a Secret of that name holds no key
   */
  public Optional<DigestKey> load() {
    return Optional.ofNullable(
            client.secrets().inNamespace(secret.namespace()).withName(secret.name()).get())
        .map(DigestKeys::decode);
  }

  private DigestKey create(DigestKey key) {
    try {
      client.resource(encode(key)).create();
      return key;
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT) {
        return load().orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private static DigestKey decode(Secret stored) {
    return Optional.ofNullable(stored.getData())
        .map(data -> data.get(ENTRY))
        .map(Base64.getDecoder()::decode)
        .map(DigestKey::of)
        .orElseThrow(() ->
            new IllegalStateException(
                "Secret " + SECRET + " has no entry named " + ENTRY + "; delete it and restart"));
  }

  private Secret encode(DigestKey key) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(secret.namespace())
        .withName(secret.name())
        .addToLabels("app.kubernetes.io/managed-by", "ses-operator")
        .endMetadata()
        .withType("ses-operator.io/digest-key")
        .withImmutable(true)
        .withData(Map.of(ENTRY, Base64.getEncoder().encodeToString(key.bytes())))
        .build();
  }
}
