package io.sesoperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.CommandBlock.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandBlockTest {

  static List<Page> pages() {
    return Page.all();
  }

  @Test
  void isRunUnlessACommentSaysWhyNot() {
    Page page =
        page("```", "one", "```", "<!-- not run: it takes an hour -->", "```", "two", "```");

    assertThat(CommandBlock.in(page))
        .containsExactly(
            new CommandBlock(1, List.of("one"), Optional.empty()),
            new CommandBlock(5, List.of("two"), Optional.of("it takes an hour")));
  }

  @Test
  void isRunIfTheCommentGivesNoReason() {
    assertThat(CommandBlock.in(page("<!-- not run -->", "```", "one", "```")))
        .allMatch(CommandBlock::isRun);
    assertThat(CommandBlock.in(page("<!-- not run:  -->", "```", "one", "```")))
        .allMatch(CommandBlock::isRun);
  }

  @Test
  void isNoBlockOfAnotherLanguage() {
    assertThat(CommandBlock.in(page("```yaml", "a: 1", "```", "```sh", "one", "```"))).hasSize(1);
  }

  @Test
  void isOneStepWithoutAPrompt() {
    assertThat(steps("one", "two")).containsExactly(new Step("one\ntwo", Optional.empty()));
  }

  @Test
  void isAStepForEachPromptWithTheOutputBelow() {
    assertThat(steps("$ one \\", "  more", "out", "put", "$ two"))
        .containsExactly(
            new Step("one \\\n  more", Optional.of("out\nput")), new Step("two", Optional.empty()));
  }

  @Test
  void hasNoOutputBeforeTheFirstPrompt() {
    assertThatThrownBy(() -> steps("out", "$ one")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void isNeverIndentedSoThatNoneIsOverlooked(Page page) {
    assertThat(page.lines()).as("%s", page).noneMatch(line -> line.matches("[\\s>]+```.*"));
  }

  private static List<Step> steps(String... lines) {
    return new CommandBlock(1, List.of(lines), Optional.empty()).steps();
  }

  private static Page page(String... lines) {
    return new Page(Path.of("page.md"), List.of(lines));
  }
}
