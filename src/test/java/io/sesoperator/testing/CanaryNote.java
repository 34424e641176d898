package io.sesoperator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A secret that must be found nowhere, noted in a file of each JVM.
 *
 * @param random whether {@link Canary} made it, so that even a part of it can only be a leak
 * @param origin where it was seen first; for people, so it does not tell the value
 */
record CanaryNote(byte[] value, boolean random, String origin) {

  /** Where tests write their notes. Nothing else may be written there: it is not searched. */
  static final Path DIRECTORY = Path.of("target", "canaries");

  private static final int SHORTEST = 8;
  private static final int FEWEST_DIFFERENT_BYTES = 6;
  private static final int LONGEST = 64;

  /**
   * The note of a value that a test chose. Absent if it is so short or so even that it would be
   * found by chance; of a long one, the beginning.
   */
  static Optional<CanaryNote> of(byte[] value, String origin) {
    byte[] text = withoutSpaceAround(value);
    byte[] head = Arrays.copyOf(text, Math.min(text.length, LONGEST));
    return head.length >= SHORTEST && different(head) >= FEWEST_DIFFERENT_BYTES
        ? Optional.of(new CanaryNote(head, false, origin))
        : Optional.empty();
  }

  /** Adds it to the notes of this JVM. */
  void write(Path directory) {
    String line =
        "%s %s %s%n"
            .formatted(
                random ? "random" : "seen", Base64.getEncoder().encodeToString(value), origin);
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve(ProcessHandle.current().pid() + ".txt"),
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The notes of all JVMs, each value once, as random if any note says so. */
  static List<CanaryNote> readAll(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .sorted()
          .flatMap(CanaryNote::lines)
          .map(CanaryNote::parse)
          .collect(
              java.util.stream.Collectors.toMap(
                  note -> java.nio.ByteBuffer.wrap(note.value()),
                  note -> note,
                  (one, other) -> other.random() ? other : one,
                  java.util.LinkedHashMap::new))
          .values()
          .stream()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CanaryNote parse(String line) {
    String[] parts = line.split(" ", 3);
    return new CanaryNote(
        Base64.getDecoder().decode(parts[1]), parts[0].equals("random"), parts[2]);
  }

  private static byte[] withoutSpaceAround(byte[] value) {
    int start = 0;
    int end = value.length;
    while (start < end && isSpace(value[start])) {
      start++;
    }
    while (end > start && isSpace(value[end - 1])) {
      end--;
    }
    return Arrays.copyOfRange(value, start, end);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  private static long different(byte[] value) {
    return java.util.stream.IntStream.range(0, value.length).map(i -> value[i]).distinct().count();
  }

  @Override
  public String toString() {
    return "CanaryNote[" + origin + "]";
  }
}
