package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the API server accepts and rejects. The cases are files in {@code src/test/resources/crd}:
 * of one document, to be created, or of two, to be created and then updated; a status in a document
 * is written to the subresource. Those to be rejected begin with the expected message, where {@code
 * []} stands for any index.
 */
@ExtendWith(RealApiServerExtension.class)
class CrdCasesIT {

  private static final Path CASES = Path.of("src/test/resources/crd");
  private static final String EXPECT = "# expect: ";

  private final KubernetesClient client;
  private final String namespace;

  CrdCasesIT(RealApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @TestFactory
  Stream<DynamicTest> accepts() {
    return cases("accept").map(file -> DynamicTest.dynamicTest(nameOf(file), () -> put(file)));
  }

  @TestFactory
  Stream<DynamicTest> rejects() {
    return cases("reject")
        .map(file -> DynamicTest.dynamicTest(nameOf(file), () -> assertRejected(file)));
  }

  @Test
  void everyRuleHasACaseThatBreaksIt() {
    List<String> expected = cases("reject").map(CrdCasesIT::expectationOf).toList();

    assertThat(rules()).hasSizeGreaterThan(20).isSubsetOf(expected);
  }

  /** Every field with a rule is in an accepted case; one about changes in an accepted change. */
  @Test
  void everyRuleHasACaseThatKeepsIt() {
    for (CrdSchema crd : CrdSchema.all()) {
      List<List<JsonNode>> accepted =
          cases("accept")
              .map(CrdSchema::readYaml)
              .filter(documents -> documents.getFirst().path("kind").asText().equals(crd.kind()))
              .toList();
      assertThat(crd.fields().stream().filter(CrdCasesIT::hasRule))
          .allSatisfy(field ->
              assertThat(accepted.stream().filter(documents -> exercises(documents, field)))
                  .as(field.path())
                  .isNotEmpty());
    }
  }

  private static Stream<Path> cases(String verdict) {
    try (Stream<Path> files = Files.list(CASES.resolve(verdict))) {
      List<Path> sorted = files.sorted().toList();
      assertThat(sorted).isNotEmpty().allMatch(file -> file.toString().endsWith(".yaml"));
      return sorted.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
  }

  private static String expectationOf(Path file) {
    String first = CrdSchema.readText(file).lines().findFirst().orElse("");
    assertThat(first).as(file.toString()).startsWith(EXPECT);
    return first.substring(EXPECT.length());
  }

  private void put(Path file) {
    List<JsonNode> documents = CrdSchema.readYaml(file);
    GenericKubernetesResource stored = create(documents.getFirst());
    if (documents.size() > 1) {
      update(documents.get(1), stored);
    }
  }

  private void assertRejected(Path file) {
    List<JsonNode> documents = CrdSchema.readYaml(file);
    if (documents.size() == 1) {
      assertRefused(expectationOf(file), () -> create(documents.getFirst()));
    } else {
      GenericKubernetesResource stored = create(documents.getFirst());
      assertRefused(expectationOf(file), () -> update(documents.get(1), stored));
    }
  }

  private static void assertRefused(String expectation, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(asNewerServersSay(e.getMessage())).contains(expectation));
  }

  // Kubernetes 1.30 says it in other words.
  private static String asNewerServersSay(String message) {
    return message
        .replaceAll("\\[\\d+]", "[]")
        .replace("may not be longer than", "may not be more than");
  }

  private GenericKubernetesResource create(JsonNode document) {
    GenericKubernetesResource object = resource(document);
    nameAfresh(object);
    GenericKubernetesResource created =
        client.resource(object).fieldValidation(Validation.STRICT).create();
    if (!document.has("status")) {
      return created;
    }
    created.setAdditionalProperty("status", document.path("status"));
    return client.resource(created).fieldValidation(Validation.STRICT).updateStatus();
  }

  private void update(JsonNode document, GenericKubernetesResource stored) {
    GenericKubernetesResource object = resource(document);
    object.setMetadata(stored.getMetadata());
    client.resource(object).fieldValidation(Validation.STRICT).update();
  }

  private static boolean hasRule(CrdSchema.Field field) {
    return field.schema().has("pattern") || field.ruleMessages().findAny().isPresent();
  }

  /** Each rule as the text that its breach is reported with; that of a status leaves it out. */
  private static Stream<String> rulesOf(CrdSchema.Field field) {
    Stream<String> pattern =
        field.schema().has("pattern")
            ? Stream.of(field.path().replaceFirst("^status\\.", "") + " in body should match")
            : Stream.empty();
    return Stream.concat(pattern, field.ruleMessages());
  }

  private static List<String> rules() {
    return CrdSchema.all().stream()
        .flatMap(crd -> crd.fields().stream())
        .flatMap(CrdCasesIT::rulesOf)
        .toList();
  }

  private static boolean exercises(List<JsonNode> documents, CrdSchema.Field field) {
    boolean aboutChanges = field.schema().toString().contains("oldSelf");
    return (!aboutChanges || documents.size() > 1)
        && documents.stream().allMatch(document -> !aboutChanges || has(document, field.path()))
        && has(documents.getFirst(), field.path());
  }

  private static boolean has(JsonNode document, String path) {
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    JsonNode value = document.path(head.replace("[]", ""));
    Stream<JsonNode> values =
        head.endsWith("[]")
            ? StreamSupport.stream(value.spliterator(), false)
            : Stream.of(value).filter(node -> !node.isMissingNode());
    return dot < 0
        ? values.findAny().isPresent()
        : values.anyMatch(node -> has(node, path.substring(dot + 1)));
  }

  private GenericKubernetesResource resource(JsonNode document) {
    return client
        .getKubernetesSerialization()
        .unmarshal(document.toString(), GenericKubernetesResource.class);
  }

  private void nameAfresh(GenericKubernetesResource object) {
    object.getMetadata().setName("crd-" + UUID.randomUUID());
    boolean namespaced = object.getKind().equals("SmtpCredential");
    object.getMetadata().setNamespace(namespaced ? namespace : null);
  }
}
