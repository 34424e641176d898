package io.sesoperator.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.testing.Canary;
import java.io.Serializable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordTest {

  private static final String VALUE = Canary.password();

  @Test
  void wipesTheArrayItTookOver() {
    byte[] value = VALUE.getBytes(UTF_8);

    try (Password password = Password.of(value)) {
      assertThat(password.bytes()).isSameAs(value).isEqualTo(VALUE.getBytes(UTF_8));
    }

    assertThat(value).containsOnly(0);
  }

  @Test
  void handsOutNoZerosOnceWiped() {
    Password password = Password.of(VALUE.getBytes(UTF_8));
    password.close();
    password.close();

    assertThatThrownBy(password::bytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(password::withoutTrailingNewline).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'a', 'a'",
    "'a\n', 'a'",
    "'a\r\n', 'a'",
    "'a\n\n', 'a\n'",
    "'a\r\n\r\n', 'a\r\n'",
    "'a\r', 'a\r'",
    "'\na', '\na'",
    "'\n', ''",
    "'\r\n', ''",
    "'', ''",
  })
  void dropsOneLineEndingAtTheEnd(String value, String expected) {
    try (Password whole = Password.of(value.getBytes(UTF_8));
        Password trimmed = whole.withoutTrailingNewline()) {
      assertThat(new String(trimmed.bytes(), UTF_8)).isEqualTo(expected);
      assertThat(new String(whole.bytes(), UTF_8)).isEqualTo(value);
    }
  }

  @Test
  void keepsItsTrimmedCopyWhenItIsWiped() {
    Password whole = Password.of((VALUE + "\n").getBytes(UTF_8));
    Password trimmed = whole.withoutTrailingNewline();
    whole.close();

    assertThat(trimmed.bytes()).isEqualTo(VALUE.getBytes(UTF_8));

    byte[] live = trimmed.bytes();
    trimmed.close();
    assertThat(live).containsOnly(0);
  }

  @Test
  void hasNoTextEqualityOrSerialForm() {
    try (Password password = Password.of(VALUE.getBytes(UTF_8));
        Password same = Password.of(VALUE.getBytes(UTF_8))) {
      assertThat(password.toString()).isEqualTo("Password[hidden]");
      assertThat(password).isNotEqualTo(same).isNotInstanceOf(Serializable.class);
    }
  }
}
