package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.sesoperator.simulator.SimulatorOptions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Notes as a canary whatever a test's client puts into a Secret, be it by create, update, apply or
 * patch.
 */
final class SecretsAreCanaries implements Interceptor {

  /** Entries that are known to others: an API key's id stands in each request. */
  private static final Set<String> PUBLIC_ENTRIES = Set.of("secretId");

  private static final byte[] PUBLIC_VALUE = SimulatorOptions.DEMO_KEY.secretKey().getBytes(UTF_8);

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String path = request.uri().getPath();
    if (path.matches(".*/secrets(/[^/]+)?") && Outputs.areSearched()) {
      Optional.ofNullable(request.bodyString()).ifPresent(body -> note(parse(body), path));
    }
  }

  /** Notes all that this Secret holds. */
  static void note(Secret secret) {
    note(
        JSON.valueToTree(secret),
        "Secret " + secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName());
  }

  private static void note(JsonNode body, String place) {
    entries(body)
        .filter(entry -> !PUBLIC_ENTRIES.contains(entry.name()))
        .filter(entry -> !Arrays.equals(entry.value(), PUBLIC_VALUE))
        .flatMap(entry -> CanaryNote.of(entry.value(), place + ", " + entry.name()).stream())
        .forEach(note -> note.write(CanaryNote.DIRECTORY));
  }

  private record Entry(String name, byte[] value) {}

  /** Those of a Secret, of a merge patch, or of the operations of a JSON patch. */
  private static Stream<Entry> entries(JsonNode body) {
    return body.isArray()
        ? body.valueStream().flatMap(SecretsAreCanaries::ofOperation)
        : Stream.concat(
            body.path("data").propertyStream().flatMap(it -> encoded(it.getKey(), it.getValue())),
            body.path("stringData")
                .propertyStream()
                .map(it -> new Entry(it.getKey(), it.getValue().asText().getBytes(UTF_8))));
  }

  private static Stream<Entry> ofOperation(JsonNode operation) {
    String path = operation.path("path").asText();
    JsonNode value = operation.path("value");
    if (!path.startsWith("/data")) {
      return Stream.empty();
    }
    return value.isObject()
        ? value.propertyStream().flatMap(it -> encoded(it.getKey(), it.getValue()))
        : encoded(path.substring(path.lastIndexOf('/') + 1), value);
  }

  private static Stream<Entry> encoded(String name, JsonNode base64) {
    try {
      return Stream.of(new Entry(name, Base64.getDecoder().decode(base64.asText(""))));
    } catch (IllegalArgumentException _) {
      return Stream.empty(); // the API server refuses it
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
