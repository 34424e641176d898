package io.sesoperator.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An input is the data of a Secret: {@code key=base64} lines, or a key alone for one without a
 * value.
 */
class DigestStoreFuzzTest {

  private static final DigestKey KEY = DigestKey.generate(new SecureRandom());
  private static final PasswordRule RULE = PasswordRule.standard();
  private static final SecretName NAME = new SecretName("shop", "smtp");

  @FuzzTarget
  void keepsTheFactsOfEachUsableEntryAndNothingElse(byte[] input) {
    Map<String, String> data = data(input);
    DigestStore store = new DigestStore(KEY, RULE);

    store.put(NAME.toString(), secret(data));

    assertThat(store.facts(NAME)).contains(expected(data));
    assertThat(store.values())
        .allSatisfy(kept -> {
          assertThat(kept.getData()).isNullOrEmpty();
          assertThat(kept.getStringData()).isNullOrEmpty();
          assertThat(kept.getMetadata().getAnnotations()).isNullOrEmpty();
        });
  }

  private static Map<String, PasswordFacts> expected(Map<String, String> data) {
    Map<String, PasswordFacts> facts = new HashMap<>();
    data.forEach((key, value) ->
        decoded(value)
            .ifPresent(bytes -> facts.put(key, KEY.facts("shop", "smtp", key, bytes, RULE))));
    return facts;
  }

  private static Optional<byte[]> decoded(String value) {
    try {
      return Optional.of(value == null ? new byte[0] : Base64.getDecoder().decode(value));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> data(byte[] input) {
    Map<String, String> data = new HashMap<>();
    new String(input, UTF_8)
        .lines()
        .forEach(line -> {
          String[] pair = line.split("=", 2);
          data.put(pair[0], pair.length > 1 ? pair[1] : null);
        });
    return data;
  }

  private static Secret secret(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("smtp")
        .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", data.toString())
        .endMetadata()
        .withData(data)
        .build();
  }
}
