package io.sesoperator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Puts our resources of every case before kubectl and a real API server as well. */
@ExtendWith(RealApiServerExtension.class)
class CheckAgreementIT {

  private static final List<Rule> OF_ONE_RESOURCE =
      Stream.of(Rule.values())
          .filter(rule -> rule.severity() == Severity.ERROR)
          .filter(rule -> rule.compareTo(Rule.API_VERSION) >= 0)
          .filter(rule -> rule.compareTo(Rule.CEL) <= 0)
          .toList();

  private final RealApiServer server;
  private final String namespace;

  @TempDir private Path directory;

  CheckAgreementIT(RealApiServer server) {
    this.server = server;
    this.namespace = server.newNamespace();
  }

  @TestFactory
  Stream<DynamicTest> agreesWithTheApiServer() throws IOException {
    Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
    return Stream.concat(ManifestCase.bad().stream(), ManifestCase.good().stream())
        .flatMap(
            it -> ours(it).map(part -> DynamicTest.dynamicTest(it.toString(), () -> agree(part))));
  }

  // Kinds that the server does not know, and Secrets, which are not ours, stay out.
  private static Stream<String> ours(ManifestCase any) {
    return Stream.of(any.template().split("(?m)^---\\R"))
        .filter(part -> part.contains("ses-operator.io") || part.contains("kind: SmtpCredential"));
  }

  private void agree(String part) throws IOException, InterruptedException {
    String text =
        part.replaceAll("namespace: (shop|billing)", "namespace: " + namespace)
            .replace("name: default", "name: check-" + UUID.randomUUID());

    CommandResult result = create(text);

    assertThat(result.exitCode() == 0)
        .as("%s%n%s", text, result.output())
        .isEqualTo(errors(text).isEmpty());
  }

  private List<Finding> errors(String text) {
    List<String> rules = OF_ONE_RESOURCE.stream().map(Rule::id).toList();
    return new ManifestCheck(namespace, true)
        .check(List.of(new ManifestFile("-", text.getBytes(UTF_8)))).findings().stream()
            .filter(finding -> rules.contains(finding.rule().replaceFirst(":.*", "")))
            .toList();
  }

  private record CommandResult(int exitCode, String output) {}

  private CommandResult create(String text) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("manifest.yaml"), text);
    Process kubectl =
        new ProcessBuilder(
                KubeBinaries.find().orElseThrow().kubectl().toString(),
                "--kubeconfig=" + directory.resolve("kubeconfig"),
                "--cache-dir=" + directory.resolve("cache"),
                "create",
                "--namespace=" + namespace,
                "--dry-run=server",
                "--validate=strict",
                "--filename=" + file)
            .redirectErrorStream(true)
            .start();
    String output = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
    return new CommandResult(kubectl.waitFor(), output);
  }
}
