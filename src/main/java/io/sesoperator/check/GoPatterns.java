package io.sesoperator.check;

import java.util.regex.Pattern;

/** Regular expressions of the API server, which are RE2's. */
final class GoPatterns {

  private GoPatterns() {}

  /** The same for Java, where {@code $} would also match before a newline at the end. */
  static Pattern compile(String re2) {
    boolean anchored = re2.endsWith("$") && !re2.endsWith("\\$");
    return Pattern.compile(anchored ? re2.substring(0, re2.length() - 1) + "\\z" : re2);
  }
}
