package io.sesoperator.kube;

import java.util.Optional;

/**
 * The API keys of a Tencent Cloud account as they stand in a Secret; not shown by {@code toString}.
 */
public record AccountKeys(String secretId, String secretKey, Optional<String> token) {

  @Override
  public String toString() {
    return "AccountKeys[redacted]";
  }
}
