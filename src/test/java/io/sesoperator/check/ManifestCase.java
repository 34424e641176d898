package io.sesoperator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file in {@code src/test/resources/check}. {@code CANARY} in it becomes a password of its own.
 * Comments on top tell what is to be found: {@code expect:} line and rule of the only error, {@code
 * note:} rule of a note, {@code secret:} what must not be printed either.
 */
public record ManifestCase(Path file, String template, String text, List<String> secrets) {

  private static final Path CASES = Path.of("src/test/resources/check");

  public static List<ManifestCase> bad() {
    return in("bad");
  }

  public static List<ManifestCase> good() {
    return in("good");
  }

  private static List<ManifestCase> in(String directory) {
    try (Stream<Path> files = Files.list(CASES.resolve(directory))) {
      return files.sorted().map(ManifestCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ManifestCase read(Path file) {
    try {
      String written = Files.readString(file);
      String password = Canary.password();
      String encoded = base64(password);
      String encodedLine = base64(password + "\n");
      String text =
          written
              .replace("CANARY64NL", encodedLine)
              .replace("CANARY64", encoded)
              .replace("CANARY", password);
      List<String> secrets =
          Stream.concat(comments(written, "secret"), Stream.of(password, encoded, encodedLine))
              .toList();
      return new ManifestCase(file.getFileName(), written, text, secrets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Stream<String> comments(String text, String name) {
    String start = "# " + name + ": ";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(it -> it.substring(start.length()));
  }

  public int expectedLine() {
    return Integer.parseInt(expectation()[0]);
  }

  public String expectedRule() {
    return expectation()[1];
  }

  public List<String> expectedNotes() {
    return comments(text, "note").sorted().toList();
  }

  private String[] expectation() {
    return comments(text, "expect").findFirst().orElseThrow().split(" ");
  }

  /** Writes it, with its password, where a command can read it. */
  public Path writeTo(Path directory) {
    try {
      return Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString().replaceFirst("\\.\\w+$", "").replace('-', ' ');
  }
}
