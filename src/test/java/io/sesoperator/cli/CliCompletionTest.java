package io.sesoperator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CliCompletionTest {

  @Test
  void completesCommandsOptionsAndValuesInBash() throws IOException, InterruptedException {
    String script = CommandRun.of("completion", "bash").out();

    assertThat(completed(script, "ses-operator", "che")).contains("check");
    assertThat(completed(script, "ses-operator", "check", "--all"))
        .contains("--allow-missing-secrets");
    assertThat(completed(script, "ses-operator", "check", "-o", "js")).contains("json");
  }

  /** What bash offers for the last of these words. */
  private static List<String> completed(String script, String... words)
      throws IOException, InterruptedException {
    String ask =
        """
        COMP_WORDS=(%s); COMP_CWORD=%d
        _complete_ses-operator
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", script + "\n" + ask).start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(new String(bash.getErrorStream().readAllBytes(), UTF_8)).isZero();
    return output.lines().map(String::strip).toList();
  }

  @Test
  void knowsZsh() {
    assertThat(CommandRun.of("completion", "zsh").out())
        .contains("bashcompinit", "allow-missing-secrets");
  }

  @Test
  void knowsFish() {
    CommandRun run = CommandRun.of("completion", "fish");

    assertThat(run.out().lines())
        .allMatch(line -> line.startsWith("complete -c ses-operator -n "))
        .anyMatch(line -> line.contains(" -f -a check -d 'Checks manifests"))
        .anyMatch(line ->
            line.contains(
                "'__fish_seen_subcommand_from check' -s o -l output -r -a 'text json' -d "));
  }

  @Test
  void exitsWith2ForOtherShells() {
    assertThat(CommandRun.of("completion", "tcsh").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("completion").exitCode()).isEqualTo(2);
  }
}
