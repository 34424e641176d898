package io.sesoperator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of our documents, in Markdown. */
record Page(Path path, List<String> lines) {

  /**
   * A fenced block.
   *
   * @param fence the index of the line that opens it
   * @param language the word behind the fence, or nothing
   * @param lines those between the fences
   */
  record Block(int fence, String language, List<String> lines) {}

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#\\s]*)#([^)]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String FENCE = "```";
  private static final List<Path> DIRECTORIES =
      Stream.of("bench", "docs", "examples", "helm").map(Path::of).toList();

  static Page read(Path path) {
    try {
      return new Page(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages: those at the top of the repository, and those below some directories. */
  static List<Page> all() {
    return Stream.concat(Stream.of(Path.of(".")), DIRECTORIES.stream().flatMap(Page::below))
        .flatMap(directory -> in(directory).stream())
        .toList();
  }

  private static Stream<Path> below(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of one directory. */
  static List<Page> in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(Path::normalize)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the first line says. */
  String title() {
    return lines.getFirst().replaceFirst("^# ", "");
  }

  String text() {
    return String.join("\n", lines);
  }

  /** The lines that begin like this, such as the rows of a table. */
  String linesFrom(String beginning) {
    return String.join("\n", lines.stream().filter(line -> line.startsWith(beginning)).toList());
  }

  /** The part below one heading of the second level. */
  Page section(String heading) {
    List<String> below = lines.subList(lines.indexOf("## " + heading) + 1, lines.size());
    return new Page(path, below.stream().takeWhile(line -> !line.startsWith("## ")).toList());
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<Integer> fences =
        Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
            .filter(i -> lines.get(i).startsWith(FENCE))
            .toList();
    for (int i = 0; i + 1 < fences.size(); i += 2) {
      int start = fences.get(i);
      blocks.add(
          new Block(
              start,
              lines.get(start).substring(FENCE.length()).strip(),
              lines.subList(start + 1, fences.get(i + 1))));
    }
    return blocks;
  }

  /** Code between backticks in a line, outside of blocks. */
  Stream<String> code() {
    return CODE.matcher(outsideOfBlocks()).results().map(code -> code.group(1));
  }

  /** Where links lead within the repository, from its top. */
  Stream<Path> links() {
    return LINK.matcher(outsideOfCode())
        .results()
        .map(link -> link.group(1))
        .filter(target -> !target.contains("://"))
        .map(this::resolve);
  }

  /** Links to headings, of this page or another one, that are not there. */
  Stream<String> deadAnchors() {
    return ANCHOR
        .matcher(outsideOfCode())
        .results()
        .filter(link -> !link.group(1).contains("://"))
        .filter(link ->
            !(link.group(1).isEmpty() ? this : read(resolve(link.group(1))))
                .anchors()
                .contains(link.group(2)))
        .map(link -> link.group(1) + "#" + link.group(2));
  }

  private Path resolve(String target) {
    Path directory = path.getParent() == null ? Path.of("") : path.getParent();
    return directory.resolve(target).normalize();
  }

  /** As GitHub makes them of headings. */
  private List<String> anchors() {
    return outsideOfBlocks()
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }

  private String outsideOfCode() {
    return CODE.matcher(outsideOfBlocks()).replaceAll("");
  }

  private String outsideOfBlocks() {
    List<String> outside = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith(FENCE)) {
        inside = !inside;
      } else if (!inside) {
        outside.add(line);
      }
    }
    return String.join("\n", outside);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
