package io.sesoperator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.password.PasswordRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code RotationIT} runs against a cluster. */
class RotationScriptTest {

  private static final Path DIRECTORY = Examples.DIRECTORY.resolve("rotation");

  @Test
  void standsInTheConfigMapAsItIs() throws Exception {
    assertThat(Examples.read(DIRECTORY.resolve("rotation.yaml")))
        .filteredOn("kind", "ConfigMap")
        .extracting(map -> Examples.map(map.get("data")).get("rotate.sh"))
        .containsExactly(Files.readString(DIRECTORY.resolve("rotate.sh")));
  }

  @Test
  void makesPasswordsThatKeepTheRule() throws Exception {
    List<String> passwords = passwords(50);

    assertThat(passwords)
        .hasSize(50)
        .doesNotHaveDuplicates()
        .allMatch(made ->
            PasswordRule.standard().brokenBy(made.getBytes(StandardCharsets.US_ASCII)).isEmpty());
  }

  private static List<String> passwords(int count) throws Exception {
    String function =
        Files.readAllLines(DIRECTORY.resolve("rotate.sh")).stream()
            .filter(line -> line.startsWith("new_password()"))
            .findFirst()
            .orElseThrow();
    String loop = function + "\nfor i in $(seq %d); do new_password; echo; done".formatted(count);
    Process bash = new ProcessBuilder("bash", "-c", loop).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(bash.waitFor()).isZero();
    return output.lines().toList();
  }
}
