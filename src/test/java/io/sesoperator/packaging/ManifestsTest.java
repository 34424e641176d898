package io.sesoperator.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The plain manifests, for who has no Helm. */
class ManifestsTest {

  private static final Path MANIFESTS =
      Path.of("examples", "kustomize", "operator", "manifests.yaml");

  @Test
  void areAllThatTheChartMakes() throws IOException {
    String rendered =
        "# Made by hack/manifests.\n"
            + Chart.helm()
                .template()
                .withName("ses-operator")
                .withNamespace("ses-operator")
                .withKubeVersion("1.36.0")
                .call();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(MANIFESTS, rendered);
    }

    assertThat(MANIFESTS).hasContent(rendered);
  }
}
