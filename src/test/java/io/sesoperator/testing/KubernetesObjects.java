package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts objects into an API server: creates what is not there, and replaces what is. */
final class KubernetesObjects {

  private KubernetesObjects() {}

  static <T extends HasMetadata> void apply(KubernetesClient client, String yaml, Class<T> type) {
    put(client, client.getKubernetesSerialization().unmarshal(yaml, type));
  }

  static void secret(
      KubernetesClient client, String namespace, String name, Map<String, String> data) {
    put(
        client,
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withData(encoded(data))
            .build());
  }

  private static <T extends HasMetadata> void put(KubernetesClient client, T object) {
    client.resource(object).createOr(existing -> existing.update());
  }

  private static Map<String, String> encoded(Map<String, String> data) {
    return data.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> Base64.getEncoder().encodeToString(entry.getValue().getBytes(UTF_8))));
  }
}
