package io.sesoperator.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.plan.PasswordFacts;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DigestKeyTest {

  private static final String VALUE = "Ab12Cd34Ef56";

  private final byte[] rawKey = "0123456789abcdefghijklmnopqrstuv".getBytes(UTF_8);
  private final DigestKey key = DigestKey.of(rawKey);
  private final PasswordRule rule = PasswordRule.standard();

  @Test
  void digestsPlaceAndValueWithTheirLengths() throws Exception {
    String expected = hmac(rawKey, fields("ses-operator/v1", "shop", "smtp", "password", VALUE));

    assertThat(facts("shop", "smtp", "password", VALUE).digest())
        .isEqualTo(key.id() + ":" + expected.substring(0, 32));
  }

  @Test
  void isKnownByEightHexadecimalDigitsOfItsOwn() throws Exception {
    assertThat(key.id())
        .hasSize(8)
        .isEqualTo(hmac(rawKey, "ses-operator/v1/key-id".getBytes(UTF_8)).substring(0, 8))
        .isNotEqualTo(DigestKey.generate(new SecureRandom()).id());
  }

  @Test
  void isAnotherEachTimeItIsMade() {
    SecureRandom random = new SecureRandom();

    assertThat(DigestKey.generate(random).bytes()).isNotEqualTo(DigestKey.generate(random).bytes());
  }

  @Test
  void tellsTheSameOfAPasswordReadLater() {
    try (Password password = Password.of(VALUE.getBytes(UTF_8))) {
      assertThat(key.digest("shop", "smtp", "password", password))
          .isEqualTo(facts("shop", "smtp", "password", VALUE).digest());
    }
  }

  @Test
  void givesEqualValuesAtDifferentPlacesDifferentDigests() {
    List<String> digests =
        List.of(
            facts("shop", "smtp", "password", VALUE).digest(),
            facts("bank", "smtp", "password", VALUE).digest(),
            facts("shop", "mail", "password", VALUE).digest(),
            facts("shop", "smtp", "pass", VALUE).digest(),
            facts("shopsmtp", "", "password", VALUE).digest(),
            facts("shop", "smtppassword", "", VALUE).digest(),
            facts("shop", "smtp", "passwordA", VALUE.substring(1)).digest());

    assertThat(digests).doesNotHaveDuplicates();
  }

  @Test
  void digestsDifferentlyUnderAnotherKey() {
    DigestKey other = DigestKey.generate(new SecureRandom());
    String digest = other.facts("shop", "smtp", "password", VALUE.getBytes(UTF_8), rule).digest();

    assertThat(digest.substring(9))
        .isNotEqualTo(facts("shop", "smtp", "password", VALUE).digest().substring(9));
  }

  @Test
  void tellsAlsoOfTheValueWithoutItsNewline() {
    PasswordFacts plain = facts("shop", "smtp", "password", VALUE);
    PasswordFacts facts = facts("shop", "smtp", "password", VALUE + "\r\n");

    assertThat(plain.withoutTrailingNewline()).isEmpty();
    assertThat(facts.digest()).isNotEqualTo(plain.digest());
    assertThat(facts.brokenRules()).singleElement().asString().contains("newline");
    assertThat(facts.withoutTrailingNewline()).contains(plain);
  }

  @Test
  void findsBrokenRulesWithAndWithoutTheNewline() {
    PasswordFacts facts = facts("shop", "smtp", "password", "short\n");

    assertThat(facts.brokenRules()).isEqualTo(rule.brokenBy("short\n".getBytes(UTF_8)));
    assertThat(facts.withoutTrailingNewline().orElseThrow().brokenRules())
        .isEqualTo(rule.brokenBy("short".getBytes(UTF_8)));
  }

  @Test
  void doesNotReadWhatIsTooLargeForAPassword() {
    PasswordFacts largest = facts("shop", "smtp", "password", "a".repeat(1024));
    PasswordFacts larger = facts("shop", "smtp", "password", "a".repeat(1025));
    PasswordFacts other = facts("bank", "tls", "ca", "b".repeat(1 << 20) + "\n");

    assertThat(largest.digest()).matches("[0-9a-f]{8}:[0-9a-f]{32}");
    assertThat(larger.digest()).isEqualTo(key.id() + ":oversized");
    assertThat(larger.brokenRules()).containsExactly("it must have 10 to 20 characters");
    assertThat(other).isEqualTo(larger);
    try (Password password = Password.of("a".repeat(1025).getBytes(UTF_8))) {
      assertThat(key.digest("shop", "smtp", "password", password)).isEqualTo(larger.digest());
    }
  }

  @Test
  void comesBackFromItsStoredBytes() {
    DigestKey generated = DigestKey.generate(new SecureRandom());
    DigestKey stored = DigestKey.of(generated.bytes());

    assertThat(generated.bytes()).hasSize(32).isEqualTo(stored.bytes());
    assertThat(stored.id()).isEqualTo(generated.id());
    generated.bytes()[0]++;
    assertThat(generated.bytes()).isEqualTo(stored.bytes());
  }

  @Test
  void acceptsNoKeyOfAnotherLength() {
    assertThatThrownBy(() -> DigestKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DigestKey.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotPrintItself() {
    assertThat(key.toString())
        .isEqualTo("DigestKey[" + key.id() + "]")
        .doesNotContain("0123", HexFormat.of().formatHex(rawKey, 0, 4));
  }

  private PasswordFacts facts(String namespace, String secret, String entry, String value) {
    return key.facts(namespace, secret, entry, value.getBytes(UTF_8), rule);
  }

  private static byte[] fields(String... fields) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    for (String field : fields) {
      data.writeInt(field.getBytes(UTF_8).length);
      data.write(field.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String hmac(byte[] key, byte[] text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text));
  }
}
