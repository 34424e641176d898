package io.sesoperator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a process of its own. */
@Timeout(60)
class CliProcessTest {

  private static final String ESCAPE = "\u001b[";

  @TempDir private Path directory;

  private record Result(int exitCode, String out, String err) {}

  private static Result run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("cli", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR_FORCE"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exitCode = process.waitFor();
    String errors = Files.readString(err);
    Files.delete(err);
    return new Result(exitCode, out, errors);
  }

  private static List<String> program(String... args) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sesoperator.cli.Main"),
            Stream.of(args))
        .toList();
  }

  @Test
  void namesItselfAsTheLauncherSays() throws IOException, InterruptedException {
    Result run =
        run(program("check", "--help"), Map.of("SES_OPERATOR_PROGRAM", "kubectl smtpcred"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: kubectl smtpcred check ", "kubectl smtpcred check examples/")
        .doesNotContain("ses-operator check");
  }

  @Test
  void printsNoColoursButOnATerminal() throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("a.yaml"), "a: [");

    Result findings = run(program("check", file.toString()), Map.of());
    Result help = run(program("check", "--help"), Map.of());

    assertThat(findings.exitCode()).isEqualTo(1);
    assertThat(findings.out()).contains(": error: ").doesNotContain(ESCAPE);
    assertThat(findings.err()).hasLineCount(1).startsWith("1 error, ");
    assertThat(help.out()).contains("Exit codes:").doesNotContain(ESCAPE);
  }

  @Test
  void printsColoursWhenForcedAndNoneWhenTheUserWantsNone()
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("a.yaml"), "a: [");
    List<String> command = program("check", file.toString());

    assertThat(run(command, Map.of("CLICOLOR_FORCE", "1")).out()).contains(ESCAPE + "1m");
    assertThat(run(command, Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1")).out())
        .contains(": error: ")
        .doesNotContain(ESCAPE);
  }

  @Test
  void isAPluginOfKubectlByItsLauncher() throws IOException, InterruptedException {
    Path java = directory.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$SES_OPERATOR_PROGRAM: $*\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Path jar = Files.createFile(directory.resolve("ses-operator.jar"));
    Path plugin =
        Files.createSymbolicLink(
            directory.resolve("kubectl-smtpcred"),
            Path.of("hack", "kubectl-smtpcred").toAbsolutePath());
    String path = directory + ":" + System.getenv("PATH");

    Result run =
        run(
            List.of(plugin.toString(), "check", "a b.yaml"),
            Map.of("PATH", path, "SES_OPERATOR_JAR", jar.toString()));
    Result withoutJar =
        run(List.of(plugin.toString()), Map.of("PATH", path, "SES_OPERATOR_JAR", "/nowhere.jar"));

    assertThat(run.out()).isEqualTo("kubectl smtpcred: -jar " + jar + " check a b.yaml\n");
    assertThat(withoutJar.exitCode()).isEqualTo(2);
    assertThat(withoutJar.err()).startsWith("kubectl smtpcred: no /nowhere.jar");
  }
}
