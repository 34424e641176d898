package io.sesoperator.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.testing.Canary;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DigestStoreTest {

  private static final SecretName NAME = new SecretName("shop", "smtp");

  private final DigestKey key = DigestKey.generate(new SecureRandom());
  private final DigestStore store = new DigestStore(key, PasswordRule.standard());

  @Test
  void countsAnEntryThatIsNotBase64AsAbsentAndKeepsTheOthers() {
    byte[] password = Canary.password().getBytes(US_ASCII);

    store.put(
        NAME.toString(),
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("smtp")
            .endMetadata()
            .addToData("password", Base64.getEncoder().encodeToString(password))
            .addToData("odd", "not base64!")
            .build());

    assertThat(store.facts(NAME).orElseThrow())
        .containsOnlyKeys("password")
        .containsValue(key.facts("shop", "smtp", "password", password, PasswordRule.standard()));
  }
}
