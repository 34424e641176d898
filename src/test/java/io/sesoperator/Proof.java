package io.sesoperator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A test, or one method or rule of it, that a document names as the proof of what it says. */
record Proof(String test, Optional<String> member) {

  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern NAME = Pattern.compile("([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?");

  /** Those between backticks in the text of a page. */
  static List<Proof> of(Page page) {
    return page.code().map(NAME::matcher).filter(Matcher::matches).map(Proof::of).toList();
  }

  private static Proof of(Matcher name) {
    return new Proof(name.group(1), Optional.ofNullable(name.group(2)));
  }

  /** Why it proves nothing, if it is not there. */
  Optional<String> problem() {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.endsWith(test + ".java"))
          .findFirst()
          .map(this::memberProblem)
          .orElse(Optional.of(test + ": no such test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> memberProblem(Path file) {
    return member
        .filter(name -> !declares(file, name))
        .map(name -> test + "." + name + ": no such method or rule");
  }

  private static boolean declares(Path file, String name) {
    return Pattern.compile("(?:void|ArchRule) " + name + "\\b")
        .matcher(Page.read(file).text())
        .find();
  }
}
