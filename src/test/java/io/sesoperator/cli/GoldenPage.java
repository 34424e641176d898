package io.sesoperator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with outputs of ours, each in a fenced block behind a comment that names it. With
 * {@code -Dgolden.update=true} it takes what it is compared with.
 */
record GoldenPage(Path file) {

  private static final boolean UPDATED = Boolean.getBoolean("golden.update");

  /** The block of this name, after it was renewed if that is wanted. */
  String block(String name, String actual) {
    if (UPDATED) {
      replace(name, actual);
    }
    Matcher found = find(name, text());
    return found.group(2);
  }

  private void replace(String name, String actual) {
    String text = text();
    Matcher found = find(name, text);
    try {
      Files.writeString(
          file, text.substring(0, found.start(2)) + actual + text.substring(found.end(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Matcher find(String name, String text) {
    Matcher found =
        Pattern.compile(
                "<!-- " + Pattern.quote(name) + " -->\\n(```\\w*\\n)(.*?)```\\n", Pattern.DOTALL)
            .matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("No block " + name);
    }
    return found;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
