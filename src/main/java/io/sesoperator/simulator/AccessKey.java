package io.sesoperator.simulator;

import java.util.Optional;

/**
 * One API key. Several keys may belong to one account, as while a key is rotated.
 *
 * @param token only for temporary credentials: a call must carry it as {@code X-TC-Token}
 * @param account whose senders and quota it uses
 */
public record AccessKey(String secretId, String secretKey, Optional<String> token, String account) {

  /** The account of a key that names none. */
  public static final String HOME_ACCOUNT = "100000000001";

  /** A long-term key of the home account. */
  public static AccessKey of(String secretId, String secretKey) {
    return new AccessKey(secretId, secretKey, Optional.empty(), HOME_ACCOUNT);
  }

  /** The same key as a temporary credential. */
  public AccessKey withToken(String newToken) {
    return new AccessKey(secretId, secretKey, Optional.of(newToken), account);
  }

  /** The same key, of another account. */
  public AccessKey ofAccount(String newAccount) {
    return new AccessKey(secretId, secretKey, token, newAccount);
  }

  /** Names the key without its secret parts. */
  @Override
  public String toString() {
    return "AccessKey[" + secretId + " of " + account + "]";
  }
}
