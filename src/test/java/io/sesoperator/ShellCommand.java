package io.sesoperator;

import io.sesoperator.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;

/** A command that a document tells its reader to type. */
record ShellCommand(List<String> words) {

  private static final String PROMPT = "$ ";
  private static final List<String> JAR = List.of("java", "-jar", "target/ses-operator.jar");
  private static final Set<String> PROGRAMS =
      Set.of("curl", "helm", "java", "kubectl", "make", "mvn", "ses-operator");
  private static final Set<String> DIRECTORIES =
      Set.of(".", "bench", "crds", "docs", "examples", "hack", "helm", "src");

  /** What is meant for the shell: another command, where output goes, the end of the line. */
  private static final Pattern SHELL = Pattern.compile("[|&;\\\\].*|\\d?[<>].*");

  /** What is no name of a file, but stands for some. */
  private static final Pattern PATTERN = Pattern.compile("[^/]*\\*.*");

  /** The commands of a page, in blocks and within text. Other lines of blocks are output. */
  static List<ShellCommand> of(Page page) {
    Stream<String> lines =
        page.blocks().stream()
            .filter(block -> Set.of("", "sh", "console").contains(block.language()))
            .flatMap(block -> commands(block.lines()));
    return Stream.concat(lines, page.code())
        .map(line -> line.startsWith(PROMPT) ? line.substring(PROMPT.length()) : line)
        .map(ShellCommand::in)
        .filter(command -> command.isProgram() || isOurs(command.words().getFirst()))
        .toList();
  }

  /** Those behind a prompt, if there is one: the other lines are output then. */
  private static Stream<String> commands(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith(PROMPT))
        ? lines.stream().filter(line -> line.startsWith(PROMPT))
        : lines.stream();
  }

  /** The first one of a line, without what the shell does with it. */
  private static ShellCommand in(String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    List<String> ofCommand =
        words.stream().takeWhile(word -> !SHELL.matcher(word).matches()).toList();
    return new ShellCommand(ofCommand.isEmpty() ? words : ofCommand);
  }

  /** Why it would fail, if it would. */
  Optional<String> problem() {
    return Stream.of(commandLineProblem(), makeProblem(), fileProblem())
        .flatMap(Optional::stream)
        .map(problem -> String.join(" ", words) + ": " + problem)
        .findFirst();
  }

  private boolean isProgram() {
    return PROGRAMS.contains(words.getFirst());
  }

  private Optional<String> commandLineProblem() {
    if (words.getFirst().equals("ses-operator")) {
      return parse(words.subList(1, words.size()));
    }
    if (!words.getFirst().equals("java")) {
      return Optional.empty();
    }
    return words.size() > JAR.size() && words.subList(0, JAR.size()).equals(JAR)
        ? parse(words.subList(JAR.size(), words.size()))
        : Optional.of("the program is started by " + String.join(" ", JAR));
  }

  private static Optional<String> parse(List<String> arguments) {
    try {
      Main.commandLine().parseArgs(arguments.toArray(String[]::new));
      return Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(e.getMessage());
    }
  }

  private Optional<String> makeProblem() {
    if (!words.getFirst().equals("make")) {
      return Optional.empty();
    }
    return words.stream()
        .skip(1)
        .filter(target -> makefile().noneMatch(line -> line.startsWith(target + ":")))
        .map(target -> "no target " + target)
        .findFirst();
  }

  private static Stream<String> makefile() {
    try {
      return Files.readAllLines(Path.of("Makefile")).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> fileProblem() {
    Path program = Path.of(words.getFirst());
    if (!isProgram() && Files.isRegularFile(program) && !Files.isExecutable(program)) {
      return Optional.of("not executable");
    }
    return words.stream()
        .filter(ShellCommand::isOurs)
        .filter(file -> !Files.exists(Path.of(PATTERN.matcher(file).replaceFirst(""))))
        .map(file -> "no file " + file)
        .findFirst();
  }

  /** Whether it names a file of this repository. */
  private static boolean isOurs(String word) {
    return word.contains("/") && DIRECTORIES.contains(word.substring(0, word.indexOf('/')));
  }
}
