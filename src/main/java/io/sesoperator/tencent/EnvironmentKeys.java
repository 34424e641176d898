package io.sesoperator.tencent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API key in the environment of the process. */
final class EnvironmentKeys {

  private static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
  private static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";

  /** tccli reads the first of them, terraform the second, the official SDKs none. */
  private static final List<String> TOKENS =
      List.of("TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN");

  private EnvironmentKeys() {}

  /** Absent if neither part of a key is there; with only one of the two it finds nothing. */
  static Optional<CredentialSource> in(Map<String, String> environment) {
    String id = environment.getOrDefault(SECRET_ID, "");
    String key = environment.getOrDefault(SECRET_KEY, "");
    CredentialSource.Lookup found =
        CredentialSource.Lookup.of(Credential.of(id, key, token(environment)));
    return id.isBlank() && key.isBlank() ? Optional.empty() : Optional.of(() -> found);
  }

  private static Optional<String> token(Map<String, String> environment) {
    return TOKENS.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(token -> !token.isBlank())
        .findFirst();
  }
}
