package io.sesoperator.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {

  @Test
  void dropsTheWhiteSpaceThatEchoAndEditorsLeave() {
    Credential credential = new Credential(" AKIDx\n", "\tsecret\r\n", Optional.of("token \n"));

    assertThat(credential.secretId()).isEqualTo("AKIDx");
    assertThat(credential.secretKey()).isEqualTo("secret");
    assertThat(credential.token()).contains("token");
  }

  @ParameterizedTest
  @CsvSource({"'',key", "id,''", "' \n',key", "id,'\n'"})
  void isNoneWithoutBothParts(String secretId, String secretKey) {
    assertThat(Credential.of(secretId, secretKey, Optional.of("token"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void hasNoTokenIfItIsBlank(String token) {
    assertThat(Credential.of("id", "key", Optional.of(token)))
        .contains(new Credential("id", "key", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\nb", "a\u0000", "\u00e4", "\u2003id", "id\u007f"})
  void isMalformedIfAHeaderCannotCarryIt(String part) {
    assertThat(new Credential(part, "key", Optional.empty()).isWellFormed()).isFalse();
    assertThat(new Credential("id", part, Optional.empty()).isWellFormed()).isFalse();
    assertThat(new Credential("id", "key", Optional.of(part)).isWellFormed()).isFalse();
  }

  @Test
  void isWellFormedAsTencentMakesThem() {
    assertThat(new Credential("AKIDz8", "Gu5t9xGARNpq", Optional.of("Zm9v+/=_-!~")).isWellFormed())
        .isTrue();
  }

  @Test
  void doesNotPrintItself() {
    assertThat(new Credential("theId", "theKey", Optional.of("theToken")).toString())
        .doesNotContain("theId", "theKey", "theToken");
  }
}
