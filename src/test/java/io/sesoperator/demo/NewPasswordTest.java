package io.sesoperator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.password.PasswordRule;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewPasswordTest {

  private final NewPassword newPassword = new NewPassword(new Random(42));
  private final PasswordRule rule = PasswordRule.standard();

  @Test
  void keepsTheRule() {
    assertThat(Stream.generate(newPassword::valid).limit(1000))
        .doesNotHaveDuplicates()
        .allSatisfy(password -> assertThat(rule.brokenBy(password.getBytes(UTF_8))).isEmpty());
  }

  @Test
  void breaksOnlyTheRuleForDigitsWithoutThem() {
    assertThat(Stream.generate(newPassword::withoutDigits).limit(1000))
        .allSatisfy(password ->
            assertThat(rule.brokenBy(password.getBytes(UTF_8)))
                .containsExactly("it must hold at least 2 different digits"));
  }
}
