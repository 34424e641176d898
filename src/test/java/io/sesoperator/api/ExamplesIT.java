package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.sesoperator.plan.Admission;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class ExamplesIT {

  private static final Path EXAMPLES = Path.of("examples");

  /** Kinds of other projects, which no API server here knows. */
  private static final Set<String> FOREIGN_GROUPS =
      Set.of(
          "argoproj.io",
          "bitnami.com",
          "external-secrets.io",
          "generators.external-secrets.io",
          "helm.toolkit.fluxcd.io",
          "kustomize.toolkit.fluxcd.io",
          "source.toolkit.fluxcd.io");

  private final KubernetesClient client;
  private final String namespace;

  ExamplesIT(RealApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void areAcceptedByTheApiServer() {
    Map<Boolean, List<HasMetadata>> isForeign =
        read(EXAMPLES).stream().collect(Collectors.partitioningBy(ExamplesIT::isForeign));

    assertThat(isForeign.get(false)).isNotEmpty().allSatisfy(this::createElsewhere);
    assertThat(isForeign.get(true))
        .isNotEmpty()
        .allSatisfy(object -> {
          assertThat(object.getMetadata().getName()).isNotBlank();
          assertThat(((GenericKubernetesResource) object).getAdditionalProperties())
              .containsOnlyKeys("spec");
        });
  }

  @Test
  void areToldAboutInAReadmeEach() throws IOException {
    try (Stream<Path> directories = Files.list(EXAMPLES).filter(Files::isDirectory)) {
      assertThat(directories).allSatisfy(it -> assertThat(it.resolve("README.md")).exists());
    }
  }

  private static boolean isForeign(HasMetadata object) {
    return FOREIGN_GROUPS.contains(object.getApiVersion().replaceFirst("/.*", ""));
  }

  @Test
  void fitTogetherInTheQuickstart() {
    List<HasMetadata> objects = read(EXAMPLES.resolve("quickstart"));
    SmtpCredential credential = only(objects, SmtpCredential.class);
    SesAccount account = only(objects, SesAccount.class);

    assertThat(credential.getSpec().accountRef().name()).isEqualTo(account.getMetadata().getName());
    assertThat(
            Admission.admits(
                account.getSpec(),
                credential.getMetadata().getNamespace(),
                Map.of(),
                credential.getSpec().emailAddress()))
        .isTrue();
    assertThat(objects)
        .filteredOn(Secret.class::isInstance)
        .map(HasMetadata::getMetadata)
        .extracting(metadata -> metadata.getNamespace() + "/" + metadata.getName())
        .containsExactlyInAnyOrder(
            "shop/" + credential.getSpec().passwordSecretRef().name(),
            "ses-operator/"
                + account.getSpec().credentials().orElseThrow().secretRef().orElseThrow().name());
  }

  /** Under another name or in another namespace: one that stayed would meddle with other tests. */
  private void createElsewhere(HasMetadata object) {
    if (object.getMetadata().getNamespace() == null) {
      object.getMetadata().setName("example-" + UUID.randomUUID());
    } else {
      object.getMetadata().setNamespace(namespace);
    }
    client.resource(object).fieldValidation(Validation.STRICT).create();
    client.resource(object).delete();
  }

  private <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> type) {
    assertThat(objects).filteredOn(HasMetadata::getKind, type.getSimpleName()).hasSize(1);
    return objects.stream()
        .filter(object -> object.getKind().equals(type.getSimpleName()))
        .map(object -> client.getKubernetesSerialization().convertValue(object, type))
        .findFirst()
        .orElseThrow();
  }

  private List<HasMetadata> read(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(ExamplesIT::isForTheApiServer)
          .sorted()
          .flatMap(file -> load(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Neither encrypted, nor the settings of a tool, nor what {@code ArgoHealthTest} and {@code
   * KustomizeIT} read.
   */
  private static boolean isForTheApiServer(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml")
        && !name.endsWith(".enc.yaml")
        && !name.startsWith(".")
        && !file.startsWith(EXAMPLES.resolve("kustomize"))
        && !file.toString().contains("resource_customizations");
  }

  private List<HasMetadata> load(Path file) {
    try (InputStream content = new FileInputStream(file.toFile())) {
      return client.load(content).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
