package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at each entry of a Secret once, and keeps what may be known of its value. */
record EntryFacts(DigestKey digestKey, PasswordRule rule) {

  /** The facts of every entry that can be decoded, by its key. */
  Map<String, PasswordFacts> of(Secret secret) {
    Map<String, PasswordFacts> facts = new HashMap<>();
    Optional.ofNullable(secret.getData())
        .orElse(Map.of())
        .forEach((key, base64) ->
            SecretValue.decoded(Optional.ofNullable(base64).orElse(""))
                .ifPresent(value -> facts.put(key, of(secret, key, value))));
    return Map.copyOf(facts);
  }

  private PasswordFacts of(Secret secret, String key, byte[] value) {
    try {
      return digestKey.facts(
          secret.getMetadata().getNamespace(), secret.getMetadata().getName(), key, value, rule);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}
