package io.sesoperator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.CommandBlock.Step;
import io.sesoperator.ShellSession.Result;
import io.sesoperator.testing.RealApiServerExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types what the documents tell their readers to type, page by page, and compares what they show.
 * {@code -Ddocs.page=rotation} picks the pages whose path has this in it.
 */
@ExtendWith(RealApiServerExtension.class)
class CommandBlocksIT {

  private static final List<CommandBlock> RUN = new ArrayList<>();
  private static final List<String> FAILED = new ArrayList<>();

  private static Rehearsal rehearsal;

  static List<Page> pages() {
    return Page.all().stream()
        .filter(page -> page.toString().contains(System.getProperty("docs.page", "")))
        .filter(page -> CommandBlock.in(page).stream().anyMatch(CommandBlock::isRun))
        .toList();
  }

  @BeforeAll
  static void open() {
    rehearsal = new Rehearsal();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageTellsToTypeWorks(Page page) {
    List<CommandBlock> blocks = CommandBlock.in(page).stream().filter(CommandBlock::isRun).toList();
    RUN.addAll(blocks);

    List<Result> results = rehearsal.perform(page, blocks);

    List<String> problems = problems(blocks, results);
    FAILED.addAll(problems);
    assertThat(problems).as("%s", page).isEmpty();
  }

  @Test
  void examplesOfOurResourcesAreAcceptedByTheServer() {
    List<Step> steps =
        Stream.concat(
                Stream.of("kubectl apply -f examples/quickstart/00-namespaces.yaml"),
                Page.all().stream()
                    .flatMap(page -> YamlExample.of(page).stream())
                    .filter(YamlExample::isOurs)
                    .map(
                        it -> "kubectl apply --dry-run=server -f - <<'E'\n" + it.written() + "\nE"))
            .map(script -> new Step(script, Optional.empty()))
            .toList();

    assertThat(steps).hasSizeGreaterThan(3);
    assertThat(rehearsal.fromNothing(steps))
        .allSatisfy(result -> assertThat(result.exitCode()).as(result.output()).hasValue(0));
  }

  /** That it would notice: another output, a failure, and what comes after that. */
  @Test
  void tellsOfEachBlockThatDoesNotWork() {
    Page page =
        new Page(
            Path.of("page.md"),
            List.of(
                "<!-- begins with nothing -->",
                "```",
                "$ echo one; false",
                "one",
                "```",
                "```",
                "$ echo one",
                "two",
                "```",
                "```",
                "one=1",
                "```",
                "```",
                "$ echo $one",
                "1",
                "```",
                "```",
                "false",
                "true",
                "```",
                "```",
                "true",
                "```"));
    List<CommandBlock> blocks = CommandBlock.in(page);

    assertThat(problems(blocks, rehearsal.perform(page, blocks)))
        .extracting(problem -> problem.replaceFirst(":.*(?s:.*)", ""))
        .containsExactly("line 6", "line 17", "line 21");
  }

  /** One for each block that does not do what the page says. */
  private static List<String> problems(List<CommandBlock> blocks, List<Result> results) {
    List<String> problems = new ArrayList<>();
    int first = 0;
    for (CommandBlock block : blocks) {
      List<Step> steps = block.steps();
      List<Result> itsResults = results.subList(first, first + steps.size());
      first += steps.size();
      String problem =
          IntStream.range(0, steps.size())
              .mapToObj(i -> problem(steps.get(i), itsResults.get(i)))
              .flatMap(Optional::stream)
              .collect(joining("\n"));
      if (!problem.isEmpty()) {
        problems.add("line %d: %s".formatted(block.line(), problem));
      }
    }
    return problems;
  }

  private static Optional<String> problem(Step step, Result result) {
    if (result.exitCode().isEmpty()) {
      return Optional.of("%s%nfailed:%n%s".formatted(step.script(), result.output()));
    }
    return step.shown()
        .filter(shown -> !new LooseText(shown).matches(result.output()))
        .map(shown -> "%s%nprinted:%n%s".formatted(step.script(), result.output()));
  }

  @AfterAll
  static void close() {
    rehearsal.close();
    long marked =
        Page.all().stream()
            .flatMap(page -> CommandBlock.in(page).stream())
            .filter(block -> !block.isRun())
            .count();
    System.out.printf(
        "%d command blocks run, %d failing, %d marked not to be run%n",
        RUN.size(), FAILED.size(), marked);
  }
}
