package io.sesoperator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.check.ManifestCheck;
import io.sesoperator.testing.Canary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  private static final String ACCOUNT =
      """
      apiVersion: ses-operator.io/v1alpha1
      kind: SesAccount
      metadata: {name: NAME}
      spec:
        region: REGION
        allowedConsumers: [{namespaces: [shop], addresses: ["*"]}]
      """;

  @TempDir private Path directory;

  private static String account(String name, String region) {
    return ACCOUNT.replace("NAME", name).replace("REGION", region);
  }

  private static String credential(String name, String metadata) {
    return """
    apiVersion: ses-operator.io/v1alpha1
    kind: SmtpCredential
    metadata: {name: %s%s}
    spec:
      emailAddress: noreply@mail.example.com
      passwordSecretRef: {name: smtp}
    """
        .formatted(name, metadata);
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private CommandRun checkDirectory(String... options) {
    return CommandRun.of(
        IntStream.rangeClosed(0, options.length + 1)
            .mapToObj(i -> i == 0 ? "check" : i <= options.length ? options[i - 1] : "" + directory)
            .toArray(String[]::new));
  }

  @Test
  void readsDirectoriesInTheOrderOfTheirNames() throws IOException {
    write("b/two.yml", account("two", "mars"));
    write("a/one.yaml", account("one", "mars"));
    write("c.json", "{\"apiVersion\": \"ses-operator.io/v1alpha1\", \"kind\": \"SesAccount\"}");
    write("README.md", "no manifest: [");

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).startsWith(directory.resolve("a/one.yaml") + ":5: "),
            two -> assertThat(two).startsWith(directory.resolve("b/two.yml") + ":5: "),
            three -> assertThat(three).startsWith(directory.resolve("c.json") + ":1: "),
            four -> assertThat(four).startsWith(directory.resolve("c.json") + ":1: "));
    assertThat(run.err().strip())
        .isEqualTo(
            "4 errors, 0 warnings, 0 notes in 3 files with 0 SmtpCredentials and 3 SesAccounts");
  }

  @Test
  void readsStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(account("default", "mars").getBytes(UTF_8)));
    try {
      CommandRun run = CommandRun.of("check", "-");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).startsWith("-:5: error: ");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void goesOnBehindADocumentThatIsBroken() throws IOException {
    Path file = write("a.yaml", "a: [\n---\n" + account("default", "mars"));

    CommandRun run = CommandRun.of("check", file.toString());

    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).endsWith("(yaml-syntax)"),
            two -> assertThat(two).startsWith(file + ":7: ").endsWith("(enum)"));
  }

  @Test
  void looksAtAllFilesTogether() throws IOException {
    write("credential.yaml", credential("noreply", ", namespace: shop"));
    write("account.yaml", account("default", "ap-singapore"));
    write(
        "secret.yaml",
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: smtp, namespace: shop}
        stringData: {password: "%s"}
        """
            .formatted(Canary.password()));

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void putsResourcesWithoutANamespaceWhereItIsTold() throws IOException {
    write("credential.yaml", credential("noreply", ""));

    assertThat(checkDirectory().out()).contains("declares Secret default/smtp");
    assertThat(checkDirectory("-n", "shop").out()).contains("declares Secret shop/smtp");
  }

  @Test
  void takesASecretForOneThatIsMadeElsewhereWhenToldSo() throws IOException {
    write("credential.yaml", credential("noreply", ""));

    assertThat(checkDirectory().exitCode()).isEqualTo(1);
    assertThat(checkDirectory("--allow-missing-secrets").exitCode()).isZero();
  }

  @Test
  void warnsOfWhatIsTakenButIgnored() throws IOException {
    write("a.yaml", account("default, namespace: shop", "ap-singapore") + "status: {}\n");
    write("b.yaml", account("default", "ap-singapore"));

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceFirst(".*: warning: .*\\(", "(")))
        .containsExactly("(cluster-scoped)", "(status)", "(declared-twice)");
  }

  @Test
  void namesBothWhoClaimOneAddress() throws IOException {
    Path one = write("one.yaml", credential("one", ", namespace: shop"));
    Path two = write("two.yaml", credential("two", ", namespace: billing"));

    assertThat(checkDirectory("--allow-missing-secrets").out())
        .contains(
            two
                + ":5: error: SmtpCredential billing/two and SmtpCredential shop/one at "
                + one
                + ":5");
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    Path file = write("a.yaml", account("default", "mars"));

    JsonNode json =
        new ObjectMapper().readTree(CommandRun.of("check", "-o", "json", file.toString()).out());

    JsonNode finding = json.path("findings").path(0);
    assertThat(finding.path("file").asText()).isEqualTo(file.toString());
    assertThat(finding.path("line").asInt()).isEqualTo(5);
    assertThat(finding.path("severity").asText()).isEqualTo("error");
    assertThat(finding.path("rule").asText()).isEqualTo("enum");
    assertThat(finding.path("message").asText()).startsWith("spec.region is none of ap-singapore");
    assertThat(json.path("summary").path("errors").asInt()).isEqualTo(1);
  }

  @Test
  void exitsWith2WhenAFileCannotBeReadAndChecksTheOthers() throws IOException {
    Path file = write("a.yaml", account("default", "mars"));
    Path absent = directory.resolve("absent.yaml");

    CommandRun run = CommandRun.of("check", absent.toString(), file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).hasLineCount(1).contains("(enum)");
    assertThat(run.err())
        .startsWith("ses-operator check: " + absent + ": no such file or directory\n");
  }

  @Test
  void exitsWith2WhenAFileOfADirectoryCannotBeReadAndChecksTheOthers() throws IOException {
    Path loop = directory.resolve("a.yaml");
    Files.createSymbolicLink(loop, loop);
    write("b.yaml", account("default", "mars"));

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).hasLineCount(1).contains("(enum)");
    assertThat(run.err()).contains(loop + ": cannot be read\n");
  }

  @Test
  void exitsWith2WhenADirectoryHoldsNoManifest() throws IOException {
    write("README.md", "nothing");

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(directory + ": no *.yaml, *.yml or *.json in it");
  }

  @Test
  void exitsWith2WhenNoFileIsNamedOrTheNameIsNone() {
    assertThat(CommandRun.of("check").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("check", "-o", "xml", "-").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("check", "a\0b").err()).contains("a?b: no name of a file");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path file = Files.write(directory.resolve("a.yaml"), new byte[] {(byte) 0xC3, 0x28, 1});
    write("b.yaml", "a: \0");

    CommandRun run = checkDirectory();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith(file + ":1: error: ").hasLineCount(2);
    assertThat(run.out().lines()).allMatch(line -> line.endsWith("(not-text)"));
  }

  @Test
  void refusesFilesThatAreTooLargeOrEndless() throws IOException {
    byte[] huge = new byte[ManifestCheck.LARGEST_FILE + 1];
    Arrays.fill(huge, (byte) ' ');
    Path file = Files.write(directory.resolve("a.yaml"), huge);

    assertThat(CommandRun.of("check", file.toString()).out())
        .hasLineCount(1)
        .endsWith("(too-large)\n");
    assertThat(CommandRun.of("check", "/dev/zero").out()).hasLineCount(1).endsWith("(too-large)\n");
  }

  @Test
  void checksAFileOnceHoweverOftenItIsNamed() throws IOException {
    Path file = write("a.yaml", account("default", "ap-singapore"));

    CommandRun run = CommandRun.of("check", file.toString(), file.toString(), directory.toString());

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(" in 1 file ");
  }
}
