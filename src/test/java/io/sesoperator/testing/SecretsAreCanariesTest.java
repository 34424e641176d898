package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsAreCanariesTest {

  private final MockApiServer server = new MockApiServer();
  private final String namespace = server.newNamespace();
  private final String value = UUID.randomUUID().toString();

  @BeforeEach
  void aSecret() {
    server.client().resource(secretWith(Map.of("password", encoded("at first")))).create();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whateverATestCreates() {
    Secret other =
        new SecretBuilder(secretWith(Map.of("password", encoded(value))))
            .editMetadata()
            .withName("other")
            .endMetadata()
            .build();
    server.client().resource(other).create();

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestCreatesInTheClear() {
    Secret other =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("other")
            .endMetadata()
            .withStringData(Map.of("password", value))
            .build();
    server.client().resource(other).create();

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestUpdates() {
    server.client().resource(secretWith(Map.of("password", encoded(value)))).update();

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestEditsIn() {
    secret().edit(found -> new SecretBuilder(found).addToData("password", encoded(value)).build());

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestEditsIntoAnEmptySecret() {
    secret().edit(found -> new SecretBuilder(found).withData(null).build());
    secret().edit(found -> new SecretBuilder(found).addToData("password", encoded(value)).build());

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestMergesIn() {
    secret()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "data: {password: %s}".formatted(encoded(value)));

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void whateverATestApplies() {
    server.client().resource(secretWith(Map.of("password", encoded(value)))).serverSideApply();

    assertThat(isNoted(value)).isTrue();
  }

  @Test
  void butNotTheIdOfAKeyNorWhatCouldBeFoundByChance() {
    server
        .client()
        .resource(
            secretWith(
                Map.of(
                    "secretId", encoded(value),
                    "short", encoded("Ab12Cd3"),
                    "even", encoded("a".repeat(1000)))))
        .update();

    assertThat(isNoted(value)).isFalse();
    assertThat(isNoted("Ab12Cd3")).isFalse();
    assertThat(isNoted("a".repeat(1000))).isFalse();
  }

  @Test
  void withoutTheSpaceAround() {
    server
        .client()
        .resource(secretWith(Map.of("password", encoded(" " + value + "\r\n"))))
        .update();

    assertThat(isNoted(value)).isTrue();
  }

  private Resource<Secret> secret() {
    return server.client().secrets().inNamespace(namespace).withName("smtp");
  }

  private Secret secretWith(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("smtp")
        .endMetadata()
        .withData(data)
        .build();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static boolean isNoted(String text) {
    return CanaryNote.readAll(CanaryNote.DIRECTORY).stream()
        .anyMatch(note -> Arrays.equals(note.value(), text.getBytes(UTF_8)));
  }
}
