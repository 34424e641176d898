package io.sesoperator.password;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.plan.PasswordFacts;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever stands in a Secret. */
class PasswordFactsFuzzTest {

  private static final PasswordRule RULE = PasswordRule.standard();
  private static final DigestKey KEY = DigestKey.generate(new SecureRandom());
  private static final DigestKey OTHER_KEY = DigestKey.generate(new SecureRandom());
  private static final int LARGEST = 1024;

  @FuzzTarget
  void tellsOfAValueItsDigestAndTheRulesThatItBreaks(byte[] value) {
    byte[] given = value.clone();

    PasswordFacts facts = facts(given);

    assertThat(given).isEqualTo(value);
    assertThat(facts.digest()).matches(KEY.id() + ":([0-9a-f]{32}|oversized)");
    if (value.length > LARGEST) {
      assertThat(facts)
          .isEqualTo(
              new PasswordFacts(
                  KEY.id() + ":oversized",
                  List.of("it must have 10 to 20 characters"),
                  Optional.empty()));
    } else {
      assertThat(facts.brokenRules()).isEqualTo(brokenBy(value));
      assertThat(facts.withoutTrailingNewline()).isEqualTo(withoutLineEnding(value));
      changesWithTheValueAndItsPlace(facts.digest(), value);
    }
    assertThat(digest(value)).isEqualTo(facts.digest());
  }

  private static void changesWithTheValueAndItsPlace(String digest, byte[] value) {
    assertThat(KEY.facts("shop", "smtp", "passwor", value, RULE).digest()).isNotEqualTo(digest);
    assertThat(OTHER_KEY.facts("shop", "smtp", "password", value, RULE).digest())
        .isNotEqualTo(digest);
    if (value.length > 0) {
      byte[] other = value.clone();
      other[Byte.toUnsignedInt(value[0]) % value.length] ^= 1;
      assertThat(digest(other)).isNotEqualTo(digest);
    }
  }

  /** The rules in other words. */
  private static List<String> brokenBy(byte[] value) {
    String whole = new String(value, ISO_8859_1);
    String text = whole.replaceFirst("\r?\n\\z", "");
    List<String> broken = new ArrayList<>();
    if (!text.equals(whole)) {
      broken.add("it must not end in a newline (spec.trailingNewline: Trim drops one at the end)");
    }
    int length = text.replaceAll("[\u0080-\u00BF]", "").length();
    if (length < 10 || length > 20) {
      broken.add("it must have 10 to 20 characters");
    }
    if (!text.matches("[!-~]*")) {
      broken.add("it must consist of printable ASCII characters without spaces");
    }
    if (different(text, "[^0-9]") < 2) {
      broken.add("it must hold at least 2 different digits");
    }
    if (different(text, "[^a-z]") < 2) {
      broken.add("it must hold at least 2 different lower-case letters");
    }
    if (different(text, "[^A-Z]") < 2) {
      broken.add("it must hold at least 2 different upper-case letters");
    }
    return broken;
  }

  private static long different(String text, String others) {
    return text.replaceAll(others, "").chars().distinct().count();
  }

  private static Optional<PasswordFacts> withoutLineEnding(byte[] value) {
    String whole = new String(value, ISO_8859_1);
    byte[] text = whole.replaceFirst("\r?\n\\z", "").getBytes(ISO_8859_1);
    return text.length == value.length
        ? Optional.empty()
        : Optional.of(new PasswordFacts(digest(text), brokenBy(text), Optional.empty()));
  }

  private static PasswordFacts facts(byte[] value) {
    return KEY.facts("shop", "smtp", "password", value, RULE);
  }

  private static String digest(byte[] value) {
    return KEY.digest("shop", "smtp", "password", Password.of(value.clone()));
  }
}
