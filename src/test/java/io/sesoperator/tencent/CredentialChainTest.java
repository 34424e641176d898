package io.sesoperator.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialChainTest {

  @Test
  void readsTheEnvironment() {
    CredentialChain chain =
        new CredentialChain(
            Map.of(
                "TENCENTCLOUD_SECRET_ID", "id",
                "TENCENTCLOUD_SECRET_KEY", "key\n",
                "TENCENTCLOUD_SESSION_TOKEN", "token"));

    assertThat(chain.current()).contains(new Credential("id", "key", Optional.of("token")));
  }

  @Test
  void needsNoToken() {
    CredentialChain chain =
        new CredentialChain(
            Map.of("TENCENTCLOUD_SECRET_ID", "id", "TENCENTCLOUD_SECRET_KEY", "key"));

    assertThat(chain.current()).contains(new Credential("id", "key", Optional.empty()));
  }

  @Test
  void isEmptyWithoutBothIdAndKey() {
    assertThat(new CredentialChain(Map.of()).current()).isEmpty();
    assertThat(new CredentialChain(Map.of("TENCENTCLOUD_SECRET_ID", "id")).current()).isEmpty();
    assertThat(new CredentialChain(Map.of("TENCENTCLOUD_SECRET_KEY", "key")).current()).isEmpty();
  }
}
