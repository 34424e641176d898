package io.sesoperator;

import io.sesoperator.Page.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of commands that a document tells its reader to type: one without a language, or
 * with that of a shell. What is not to be run here says why, in a comment above the block.
 *
 * @param line of the page, counted from 1
 * @param notRun the reason in that comment
 */
record CommandBlock(int line, List<String> lines, Optional<String> notRun) {

  /**
   * What is run at once.
   *
   * @param script one or more commands
   * @param shown the output that the document shows, if it shows any
   */
  record Step(String script, Optional<String> shown) {}

  private static final Set<String> LANGUAGES = Set.of("", "bash", "console", "sh");
  private static final Pattern MARK = Pattern.compile("<!-- not run: (\\S.*) -->");
  private static final String PROMPT = "$ ";

  static List<CommandBlock> in(Page page) {
    return page.blocks().stream()
        .filter(block -> LANGUAGES.contains(block.language()))
        .map(block -> new CommandBlock(block.fence() + 1, block.lines(), mark(page, block)))
        .toList();
  }

  private static Optional<String> mark(Page page, Block block) {
    return page.lines().subList(0, block.fence()).reversed().stream()
        .dropWhile(String::isBlank)
        .findFirst()
        .map(MARK::matcher)
        .filter(Matcher::matches)
        .map(mark -> mark.group(1));
  }

  boolean isRun() {
    return notRun.isEmpty();
  }

  /**
   * One for each prompt, with the output below it; the whole block if it has none.
   *
   * @throws IllegalArgumentException if output comes before the first prompt
   */
  List<Step> steps() {
    if (lines.stream().noneMatch(line -> line.startsWith(PROMPT))) {
      return List.of(new Step(String.join("\n", lines), Optional.empty()));
    }
    if (!lines.getFirst().startsWith(PROMPT)) {
      throw new IllegalArgumentException("Output before the first command, line " + line);
    }
    List<Step> steps = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || lines.get(i).startsWith(PROMPT)) {
        steps.add(step(lines.subList(start, i)));
        start = i;
      }
    }
    return steps;
  }

  private static Step step(List<String> promptAndOutput) {
    int length = 1;
    while (promptAndOutput.get(length - 1).endsWith("\\")) {
      length++;
    }
    String command = String.join("\n", promptAndOutput.subList(0, length));
    List<String> output = promptAndOutput.subList(length, promptAndOutput.size());
    return new Step(
        command.substring(PROMPT.length()),
        Optional.of(String.join("\n", output)).filter(text -> !text.isBlank()));
  }
}
