package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.password.PasswordRule;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets that exist nowhere else: whoever of them is found in an output of the test run was
 * leaked. Every one is noted, and {@link CanarySearch} looks for all of them at the end. What a
 * test puts into a Secret through {@link ApiServer#connect} is noted by itself.
 */
public final class Canary {

  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /**
   * Each is written in another way by URLs, HTML or XML; none ends a text in Java, JSON or YAML.
   */
  private static final String SYMBOLS = "!#&*+/<=>?@^~";

  private static final RandomGenerator RANDOM = new SecureRandom();

  private Canary() {}

  /**
   * A new password that SES accepts: symbols between two ends of letters and digits, so that each
   * end shows, however the symbols are written.
   */
  public static String password() {
    return noted(
        Stream.generate(Canary::candidate).filter(Canary::isAccepted).findFirst().orElseThrow(),
        "Canary.password()");
  }

  /** A new secret part of an API key, of the length that Tencent's have. */
  public static String secretKey() {
    return noted(some(32, LETTERS_AND_DIGITS), "Canary.secretKey()");
  }

  /** Notes a random secret that somebody else has made. */
  static void note(String secret, String origin) {
    noted(secret, origin);
  }

  private static String candidate() {
    return some(9, LETTERS_AND_DIGITS) + some(2, SYMBOLS) + some(9, LETTERS_AND_DIGITS);
  }

  private static boolean isAccepted(String candidate) {
    return PasswordRule.standard().brokenBy(candidate.getBytes(US_ASCII)).isEmpty();
  }

  private static String some(int count, String alphabet) {
    return RANDOM
        .ints(count, 0, alphabet.length())
        .mapToObj(alphabet::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private static String noted(String value, String origin) {
    new CanaryNote(value.getBytes(UTF_8), true, origin).write(CanaryNote.DIRECTORY);
    return value;
  }
}
