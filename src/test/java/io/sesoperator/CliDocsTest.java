package io.sesoperator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.check.Rule;
import io.sesoperator.cli.Main;
import io.sesoperator.runtime.Setting;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"plan", "check"})
  void optionsEqualTheCode(String command) {
    CommandSpec spec = commands().get(command).getCommandSpec();
    String table =
        Stream.concat(spec.positionalParameters().stream(), spec.options().stream())
            .filter(argument -> !(argument instanceof OptionSpec option) || !option.usageHelp())
            .filter(argument -> !(argument instanceof OptionSpec option) || !option.versionHelp())
            .map(CliDocsTest::row)
            .sorted()
            .collect(Collectors.joining("\n"));

    Page section = PAGE.section(command);
    String parameters =
        spec.positionalParameters().stream()
            .map(parameter -> section.linesFrom("| `" + parameter.paramLabel() + "`"))
            .collect(Collectors.joining("\n"));
    assertThat(section.linesFrom("| `-") + "\n" + parameters).isEqualTo(table);
  }

  @Test
  void optionsOfRunThatAreNoSettingsEqualTheCode() {
    Set<String> settings =
        Stream.of(Setting.values()).map(Setting::flag).collect(Collectors.toSet());
    String table =
        commands().get("run").getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .filter(option -> !settings.contains(option.longestName()))
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .map(CliDocsTest::row)
            .map(row -> row.replaceFirst("`--", "`run --"))
            .collect(Collectors.joining("\n"));

    assertThat(PAGE.linesFrom("| `run ")).isEqualTo(table);
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
