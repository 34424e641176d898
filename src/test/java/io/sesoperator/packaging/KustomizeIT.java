package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.sesoperator.testing.KubeBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples for kustomize, built by the real one that is part of kubectl. */
class KustomizeIT {

  private static final Path EXAMPLES = Path.of("examples", "kustomize");

  @Test
  void setsTheImage() throws Exception {
    assertThat(of(build("operator"), Deployment.class).getSpec().getTemplate().getSpec())
        .extracting(pod -> pod.getContainers().getFirst().getImage())
        .isEqualTo("registry.example.com/ses-operator:0.1.0");
  }

  @Test
  void followsTheHashOfASecretIntoOurResource() throws Exception {
    List<HasMetadata> built = build("tenant");

    String secret = of(built, Secret.class).getMetadata().getName();
    assertThat(secret).matches("smtp-[a-z0-9]{10}");
    assertThat(
            of(built, GenericKubernetesResource.class)
                .<String>get("spec", "passwordSecretRef", "name"))
        .isEqualTo(secret);
  }

  private static <T extends HasMetadata> T of(List<HasMetadata> objects, Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private static List<HasMetadata> build(String directory)
      throws IOException, InterruptedException {
    String kubectl = KubeBinaries.find().orElseThrow().kubectl().toString();
    Process process =
        new ProcessBuilder(kubectl, "kustomize", EXAMPLES.resolve(directory).toString()).start();
    String built = new String(process.getInputStream().readAllBytes());
    String trouble = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor()).as(trouble).isZero();
    return Chart.documents(built)
        .map(document -> Chart.parse(document, HasMetadata.class))
        .toList();
  }
}
