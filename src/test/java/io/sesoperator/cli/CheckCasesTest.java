package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.check.ManifestCase;
import io.sesoperator.check.Rule;
import io.sesoperator.check.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with one fault each, and files with none. */
class CheckCasesTest {

  @TempDir private Path directory;

  static List<ManifestCase> bad() {
    return ManifestCase.bad();
  }

  static List<ManifestCase> good() {
    return ManifestCase.good();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void namesFileLineAndRuleOfTheFault(ManifestCase fault) {
    Path file = fault.writeTo(directory);

    CommandRun run = CommandRun.of("check", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().filter(line -> line.contains(": error: ")))
        .singleElement()
        .asString()
        .startsWith(file + ":" + fault.expectedLine() + ": error: ")
        .endsWith(" (" + fault.expectedRule() + ")");
  }

  @ParameterizedTest
  @MethodSource({"bad", "good"})
  void printsNoPasswordAndNoStackTrace(ManifestCase any) {
    Path file = any.writeTo(directory);

    for (String format : List.of("text", "json")) {
      CommandRun run = CommandRun.of("check", "-o", format, file.toString());

      assertThat(any.secrets())
          .noneMatch(secret -> run.out().contains(secret) || run.err().contains(secret));
      assertThat(run.out() + run.err()).doesNotContain("Exception", "\tat ");
      assertThat(run.err()).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void findsNoErrorWhereThereIsNone(ManifestCase good) {
    Path file = good.writeTo(directory);

    CommandRun run = CommandRun.of("check", file.toString());

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceFirst(".*: note: .*\\((.*)\\)$", "$1")))
        .containsExactlyInAnyOrderElementsOf(good.expectedNotes());
  }

  @Test
  void findsNoErrorInOurQuickstart() {
    CommandRun run = CommandRun.of("check", "examples/quickstart");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("0 errors, 0 warnings, 0 notes in ");
  }

  @Test
  void everyErrorHasAFaultThatShowsIt() {
    List<String> shown =
        bad().stream().map(fault -> fault.expectedRule().replaceFirst(":.*", "")).toList();

    assertThat(shown).hasSizeGreaterThanOrEqualTo(40);
    assertThat(
            Stream.of(Rule.values())
                .filter(rule -> rule.severity() == Severity.ERROR)
                .filter(rule -> rule != Rule.NOT_TEXT && rule != Rule.TOO_LARGE)
                .map(Rule::id))
        .isSubsetOf(shown);
  }
}
