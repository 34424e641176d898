package io.sesoperator.kube;

import java.util.Base64;
import java.util.Optional;

/** One entry of a Secret, which the API carries as base64. */
final class SecretValue {

  private SecretValue() {}

  /** The bytes, for the caller to wipe; nothing if they were not encoded as they must be. */
  static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
