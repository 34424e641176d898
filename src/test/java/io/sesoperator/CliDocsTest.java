package io.sesoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.check.Rule;
import io.sesoperator.cli.Main;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Holds docs/cli.md equal to the code. To renew a table, put what its test expects into the page.
 */
class CliDocsTest {

  private static final Page PAGE = Page.read(Path.of("docs", "cli.md"));

  private static Map<String, CommandLine> commands() {
    return Main.commandLine().getSubcommands();
  }

  @Test
  void commandsEqualTheCode() {
    String table =
        commands().entrySet().stream()
            .map(entry ->
                "| **%s** | %s |"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().getCommandSpec().usageMessage().description()[0]))
            .collect(Collectors.joining("\n"));

    assertThat(PAGE.linesFrom("| **")).isEqualTo(table);
  }

  @Test
  void optionsOfCheckEqualTheCode() {
    CommandSpec check = commands().get("check").getCommandSpec();
    String table =
        Stream.concat(check.positionalParameters().stream(), check.options().stream())
            .filter(argument -> !(argument instanceof OptionSpec option) || !option.usageHelp())
            .filter(argument -> !(argument instanceof OptionSpec option) || !option.versionHelp())
            .map(CliDocsTest::row)
            .sorted()
            .collect(Collectors.joining("\n"));

    assertThat(PAGE.linesFrom("| `-") + "\n" + PAGE.linesFrom("| `FILE")).isEqualTo(table);
  }

  private static String row(ArgSpec argument) {
    String names =
        argument instanceof OptionSpec option
            ? Stream.of(option.names())
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "))
            : "`" + argument.paramLabel() + "`";
    String meaning =
        argument
            .description()[0]
            .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()))
            .replace("${COMPLETION-CANDIDATES}", candidates(argument));
    return "| %s | %s |".formatted(names, meaning);
  }

  private static String candidates(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? ""
        : String.join(", ", argument.completionCandidates());
  }

  @Test
  void rulesEqualTheCode() {
    String table =
        Stream.of(Rule.values())
            .map(rule ->
                "| `(%s)` | %s | %s |".formatted(rule.id(), rule.severity().word(), rule.text()))
            .collect(Collectors.joining("\n"));

    assertThat(PAGE.linesFrom("| `(")).isEqualTo(table);
  }
}
