package io.sesoperator.tencent;

import java.util.Map;
import java.util.Optional;

/**
 * The credentials of the process itself, for accounts that name no Secret: the first source that
 * has some wins. Today the environment is the only source; workload identity and the CVM role join
 * it here.
 */
public final class CredentialChain {

  static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
  static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";
  static final String SESSION_TOKEN = "TENCENTCLOUD_SESSION_TOKEN";

  private final Map<String, String> environment;

  public CredentialChain(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The credential to sign the next call with; ask anew for each call, as some expire. */
  public Optional<Credential> current() {
    return fromEnvironment();
  }

  private Optional<Credential> fromEnvironment() {
    return Credential.of(
        environment.getOrDefault(SECRET_ID, ""),
        environment.getOrDefault(SECRET_KEY, ""),
        Optional.ofNullable(environment.get(SESSION_TOKEN)));
  }
}
