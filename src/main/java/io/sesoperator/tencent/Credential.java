package io.sesoperator.tencent;

import java.util.Optional;

/**
 * A key pair of Tencent Cloud, with a token if it is a temporary one. White space around each part
 * is dropped: Tencent wants none there ("no whitespace before/after", {@code
 * AuthFailure.SecretIdNotFound}), and {@code echo} leaves a newline behind many a Secret.
 */
public record Credential(String secretId, String secretKey, Optional<String> token) {

  public Credential {
    secretId = stripAscii(secretId);
    secretKey = stripAscii(secretKey);
    token = token.map(Credential::stripAscii).filter(text -> !text.isEmpty());
  }

  /** The credential, unless one of the two parts that each has is blank. */
  public static Optional<Credential> of(String secretId, String secretKey, Optional<String> token) {
    return Optional.of(new Credential(secretId, secretKey, token))
        .filter(it -> !it.secretId.isEmpty() && !it.secretKey.isEmpty());
  }

  /** Whether it can be sent in a header, as any that Tencent has made can. */
  boolean isWellFormed() {
    return isVisibleAscii(secretId)
        && isVisibleAscii(secretKey)
        && token.stream().allMatch(Credential::isVisibleAscii);
  }

  @Override
  public String toString() {
    return "Credential[hidden]";
  }

  // String.trim would also drop control characters, String.strip what is no ASCII.
  private static String stripAscii(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isAsciiSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isAsciiSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isAsciiSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isVisibleAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
