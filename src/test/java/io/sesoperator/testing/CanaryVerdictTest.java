package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryVerdictTest {

  private static final String RANDOM = "q7WmZ2xKp!>vB4nR8tLs";
  private static final String CHOSEN = "Correct12horse";

  private final ByteArrayOutputStream report = new ByteArrayOutputStream();

  @TempDir private Path target;

  @BeforeEach
  void aRunOfAllTests() throws IOException {
    note(RANDOM, true);
    note(CHOSEN, false);
    write("test-logs/surefire-1.log", "TRACE");
    write("test-logs/failsafe-2.log", "TRACE");
    write("surefire-reports/a.xml", "<a/>");
    write("failsafe-reports/b.xml", "<b/>");
    write("outputs/cluster/Event.yaml", "items: []");
  }

  @Test
  void isCleanWhenNoSecretShows() throws IOException {
    assertThat(isClean()).isTrue();
    assertThat(report.toString(UTF_8))
        .contains("2 secrets of the tests, 1 of them random", " 0 missed", "2 in test-logs")
        .contains("5 outputs", " 0 hits");
  }

  @Test
  void isNotCleanWhenOneShowsAndSaysWhere() throws IOException {
    write("test-logs/failsafe-2.log", "TRACE value=" + CHOSEN + " again=" + CHOSEN);

    assertThat(isClean()).isFalse();
    assertThat(report.toString(UTF_8))
        .contains("LEAK test-logs/failsafe-2.log: test as RAW, first at byte 12, 2 times")
        .doesNotContain(CHOSEN);
  }

  @Test
  void isNotCleanWhenHalfOfARandomOneShows() throws IOException {
    write("operators/1/log", "q7WmZ2xK");

    assertThat(isClean()).isFalse();
    assertThat(report.toString(UTF_8)).contains("test as BEGINNING").doesNotContain("q7WmZ2xK");
  }

  @Test
  void isNotCleanWhenThereIsNothingToSearchFor() throws IOException {
    Files.delete(target.resolve("canaries").resolve(ProcessHandle.current().pid() + ".txt"));

    assertThat(isClean()).isFalse();
    assertThat(report.toString(UTF_8)).contains("0 secrets");
  }

  @Test
  void isNotCleanWhenAnOutputIsAbsent() throws IOException {
    for (String top : List.of("outputs/cluster/Event.yaml", "surefire-reports/a.xml")) {
      Files.delete(target.resolve(top));
    }

    assertThat(isClean()).isFalse();
    assertThat(report.toString(UTF_8))
        .contains("Nothing in surefire-reports", "Nothing in outputs")
        .doesNotContain("Nothing in failsafe-reports");
  }

  private boolean isClean() throws IOException {
    return new CanaryVerdict(target, new PrintStream(report, true, UTF_8)).isClean();
  }

  private void note(String secret, boolean random) {
    new CanaryNote(secret.getBytes(UTF_8), random, "test").write(target.resolve("canaries"));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(target.resolve(file).getParent());
    Files.writeString(target.resolve(file), text);
  }
}
