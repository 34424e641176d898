package io.sesoperator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases that {@code CrdCasesIT} puts before a real API server. Those of a change or a status
 * are left out, as neither can be checked offline.
 */
class CrdCasesTest {

  private static final Path CASES = Path.of("src/test/resources/crd");

  static List<Path> accepted() {
    return cases("accept");
  }

  static List<Path> rejected() {
    return cases("reject");
  }

  private static List<Path> cases(String verdict) {
    try (Stream<Path> files = Files.list(CASES.resolve(verdict))) {
      return files.filter(CrdCasesTest::isOfCreation).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfCreation(Path file) {
    return text(file).lines().noneMatch(line -> line.equals("---") || line.startsWith("status:"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Finding> errors(Path file) {
    return new ManifestCheck("default", true)
            .check(List.of(new ManifestFile(file.toString(), text(file).getBytes(UTF_8))))
            .findings()
            .stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void findsNoErrorInWhatTheApiServerAccepts(Path file) {
    assertThat(errors(file)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void findsAnErrorInWhatTheApiServerRejects(Path file) {
    assertThat(errors(file)).isNotEmpty();
  }

  @Test
  void areMany() {
    assertThat(accepted()).hasSizeGreaterThan(8);
    assertThat(rejected()).hasSizeGreaterThan(50);
  }
}
