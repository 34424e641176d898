package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CliHelpTest {

  static List<String> commands() {
    return List.copyOf(Main.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givesExamplesAndExitCodesOfEachCommand(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: ses-operator " + command + " ")
        .contains("Exit codes:", "  2   ", "Examples:", "ses-operator " + command)
        .doesNotContain("${");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysTheVersionOfEachCommand(String command) {
    assertThat(CommandRun.of(command, "--version").out()).startsWith("ses-operator ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void complainsOnStandardErrorAlone(String command) {
    CommandRun run = CommandRun.of(command, "--nonsense");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: ses-operator " + command);
  }
}
