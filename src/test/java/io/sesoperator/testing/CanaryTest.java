package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.password.PasswordRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanaryTest {

  private static final Pattern LITERAL =
      Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\"'{},:]+");

  @Test
  void isAPasswordThatSesAccepts() {
    List<String> passwords = Stream.generate(Canary::password).limit(50).toList();

    assertThat(passwords).doesNotHaveDuplicates();
    assertThat(passwords).allMatch(CanaryTest::isAccepted);
  }

  @Test
  void isNotedWhenItIsMade() {
    String password = Canary.password();
    String secretKey = Canary.secretKey();

    List<String> noted =
        CanaryNote.readAll(CanaryNote.DIRECTORY).stream()
            .filter(CanaryNote::random)
            .map(note -> new String(note.value(), UTF_8))
            .toList();
    assertThat(noted.contains(password)).isTrue();
    assertThat(noted.contains(secretKey)).isTrue();
  }

  /** Where a test needs a password, {@link Canary#password} makes one. */
  @Test
  void isTheOnlyKindOfPasswordInIntegrationTests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<Path> tests = files.filter(file -> file.toString().endsWith("IT.java")).toList();

      assertThat(tests).isNotEmpty();
      assertThat(tests)
          .allSatisfy(test ->
              assertThat(wordsInLiterals(Files.readString(test)).filter(CanaryTest::isAccepted))
                  .isEmpty());
    }
  }

  @Test
  void isMissedInLiteralsOfEachKind() {
    String code =
        """
        world.withPassword("smtp", "Ab12Cd34Ef56").withYaml(\"\"\"
            stringData: {password: Gh78Ij90Kl12}
            \"\"\" + "a \\"quoted\\" Mn34Op56Qr78");
        """;

    assertThat(wordsInLiterals(code).filter(CanaryTest::isAccepted))
        .containsExactly("Ab12Cd34Ef56", "Gh78Ij90Kl12", "Mn34Op56Qr78");
  }

  private static Stream<String> wordsInLiterals(String code) {
    return LITERAL
        .matcher(code)
        .results()
        .map(literal -> literal.group())
        .flatMap(BETWEEN_WORDS::splitAsStream);
  }

  private static boolean isAccepted(String password) {
    return PasswordRule.standard().brokenBy(password.getBytes(UTF_8)).isEmpty();
  }
}
