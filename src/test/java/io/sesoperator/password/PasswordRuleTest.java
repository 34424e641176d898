package io.sesoperator.password;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

  private static final String LENGTH = "it must have 10 to 20 characters";
  private static final String ASCII =
      "it must consist of printable ASCII characters without spaces";
  private static final String DIGITS = "it must hold at least 2 different digits";
  private static final String LOWER = "it must hold at least 2 different lower-case letters";
  private static final String UPPER = "it must hold at least 2 different upper-case letters";
  private static final String NEWLINE =
      "it must not end in a newline (spec.trailingNewline: Trim drops one at the end)";

  private final PasswordRule rule = PasswordRule.standard();

  @ParameterizedTest
  @ValueSource(strings = {"Ab12Cd34Ef", "Ab12Cd34Ef56Gh78Ij90", "!Ab12Cd34~", "ABab12\"\\<&>"})
  void acceptsWhatSesAccepts(String password) {
    assertThat(rule.brokenBy(password.getBytes(UTF_8))).isEmpty();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        argumentSet("empty", "", List.of(LENGTH, DIGITS, LOWER, UPPER)),
        argumentSet("one too short", "Ab12Cd34E", List.of(LENGTH)),
        argumentSet("one too long", "Ab12Cd34Ef56Gh78Ij90K", List.of(LENGTH)),
        argumentSet("space inside", "Ab12 Cd34Ef", List.of(ASCII)),
        argumentSet("delete character", "Ab12Cd34Ef\u007f", List.of(ASCII)),
        argumentSet("tab", "Ab12Cd34Ef\t", List.of(ASCII)),
        argumentSet("no digit", "AbCdEfGhIj", List.of(DIGITS)),
        argumentSet("one digit twice", "AbCdEfGh11", List.of(DIGITS)),
        argumentSet("one lower-case letter twice", "aABCD12345a", List.of(LOWER)),
        argumentSet("one upper-case letter", "Password@123", List.of(UPPER)),
        argumentSet("the example of the API's page", "yourPassword", List.of(DIGITS, UPPER)),
        argumentSet("nothing but digits", "1234567890", List.of(LOWER, UPPER)),
        argumentSet("digits of another script", "AbCdEfGh\u0661\u0662", List.of(ASCII, DIGITS)),
        argumentSet("20 characters of 2 bytes", "\u00e4".repeat(14) + "Ab12Cd", List.of(ASCII)),
        argumentSet("newline", "Ab12Cd34Ef\n", List.of(NEWLINE)),
        argumentSet("Windows newline", "Ab12Cd34Ef\r\n", List.of(NEWLINE)),
        argumentSet("20 characters and a newline", "Ab12Cd34Ef56Gh78Ij90\n", List.of(NEWLINE)),
        argumentSet("9 characters and a newline", "Ab12Cd34E\n", List.of(NEWLINE, LENGTH)),
        argumentSet("two newlines", "Ab12Cd34Ef\n\n", List.of(NEWLINE, ASCII)),
        argumentSet("newline inside", "Ab12C\nd34Ef", List.of(ASCII)),
        argumentSet("only a newline", "\n", List.of(NEWLINE, LENGTH, DIGITS, LOWER, UPPER)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void namesEachBrokenRule(String password, List<String> broken) {
    assertThat(rule.brokenBy(password.getBytes(UTF_8))).isEqualTo(broken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9", "a", "z", "A", "Z"})
  void countsTheFirstAndTheLastOfEachClass(String end) {
    String inside = "1".repeat(3) + "b".repeat(3) + "B".repeat(3);
    String others = "12bcBC".replaceAll(classOf(end), "");

    assertThat(rule.brokenBy((inside + others + end).getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", ":", "`", "{", "@", "["})
  void countsNoNeighbourOfAClass(String neighbour) {
    assertThat(rule.brokenBy(("1bB" + neighbour.repeat(10)).getBytes(UTF_8)))
        .containsExactly(DIGITS, LOWER, UPPER);
  }

  private static String classOf(String character) {
    return Stream.of("[0-9]", "[a-z]", "[A-Z]")
        .filter(character::matches)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThat(rule.brokenBy("Ab12Cd34\u00ff\u00fe".getBytes(ISO_8859_1)))
        .isEqualTo(List.of(ASCII));
    assertThat(rule.brokenBy(new byte[12])).isEqualTo(List.of(ASCII, DIGITS, LOWER, UPPER));
  }

  @Test
  void saysTheSameOfEachWrongLength() {
    assertThat(IntStream.of(1, 4, 5, 10, 100).mapToObj("Ab12Cd"::repeat))
        .allSatisfy(password ->
            assertThat(rule.brokenBy(password.getBytes(UTF_8))).isEqualTo(List.of(LENGTH)));
  }

  @Test
  void readsItsLimitsFromItsFields() {
    PasswordRule other = new PasswordRule(4, 6, 1);

    assertThat(other.brokenBy("Ab1!".getBytes(UTF_8))).isEmpty();
    assertThat(other.brokenBy("abc".getBytes(UTF_8)))
        .containsExactly(
            "it must have 4 to 6 characters",
            "it must hold at least 1 different digits",
            "it must hold at least 1 different upper-case letters");
  }

  @Test
  void leavesTheValueAlone() {
    byte[] value = "Ab12Cd34Ef\n".getBytes(UTF_8);

    rule.brokenBy(value);

    assertThat(value).isEqualTo("Ab12Cd34Ef\n".getBytes(UTF_8));
  }
}
