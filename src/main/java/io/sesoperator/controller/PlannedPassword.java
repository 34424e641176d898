package io.sesoperator.controller;

import io.sesoperator.api.SmtpCredentialSpec.SecretKeyRef;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Observation;
import java.util.Optional;

/** Reads the Secret's value at the moment when it is needed, if it is the one that was planned. */
record PlannedPassword(SecretReader secrets, DigestKey digestKey) {

  /**
   * The value; absent if the Secret holds another one by now, or none. To be closed after use.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it cannot be read
   */
  Optional<Password> read(Observation seen, String digest) {
    Password password = read(seen);
    if (isPlanned(seen, digest, password)) {
      return Optional.of(password);
    }
    password.close();
    return Optional.empty();
  }

  private Password read(Observation seen) {
    SecretKeyRef ref = seen.spec().passwordSecretRef();
    Password whole =
        secrets
            .password(new SecretName(seen.subject().namespace(), ref.name()), ref.key())
            .orElseGet(() -> Password.of(new byte[0]));
    if (!seen.spec().trimsTrailingNewline()) {
      return whole;
    }
    try (whole) {
      return whole.withoutTrailingNewline();
    }
  }

  private boolean isPlanned(Observation seen, String digest, Password password) {
    SecretKeyRef ref = seen.spec().passwordSecretRef();
    return digestKey
        .digest(seen.subject().namespace(), ref.name(), ref.key(), password)
        .equals(digest);
  }
}
