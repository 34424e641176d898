package io.sesoperator.check;

import io.sesoperator.check.Value.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar without quotes is. kubectl and the API server read YAML with go-yaml v2, and so by
 * YAML 1.1: {@code yes} is true there (https://github.com/go-yaml/yaml/blob/v2/resolve.go).
 */
final class GoScalars {

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> NO_NUMBER =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");

  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]*\\.?[0-9]+([eE][-+][0-9]+)?|[-+]?[0-9]+\\.");
  private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64);
  private static final int LONGEST = 64;

  private GoScalars() {}

  static Kind kindOf(String plain) {
    if (NULL.contains(plain)) {
      return Kind.NOTHING;
    }
    if (TRUE.contains(plain) || FALSE.contains(plain)) {
      return Kind.TRUTH;
    }
    if (integer(plain).isPresent()) {
      return Kind.INTEGER;
    }
    return isDecimal(plain) ? Kind.DECIMAL : Kind.TEXT;
  }

  static boolean isTrue(String text) {
    return TRUE.contains(text);
  }

  /** The value of an integer; absent if it is none. */
  static Optional<BigInteger> integer(String text) {
    String digits = text.replace("_", "");
    if (digits.length() > LONGEST || !INTEGER.matcher(digits).matches()) {
      return Optional.empty();
    }
    boolean negative = digits.startsWith("-");
    BigInteger magnitude = magnitude(digits.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT));
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return value.abs().compareTo(LARGEST) < 0 ? Optional.of(value) : Optional.empty();
  }

  /** The value of a number with or without a fraction; absent if it is neither. */
  static Optional<BigDecimal> number(String text) {
    Optional<BigDecimal> whole = integer(text).map(BigDecimal::new);
    String digits = text.replace("_", "");
    return whole.isPresent() || digits.length() > LONGEST || !DECIMAL.matcher(digits).matches()
        ? whole
        : parsed(digits);
  }

  // An exponent can be beyond all numbers.
  private static Optional<BigDecimal> parsed(String digits) {
    try {
      BigDecimal value = new BigDecimal(digits);
      return Math.abs((long) value.scale()) > LONGEST ? Optional.empty() : Optional.of(value);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isDecimal(String plain) {
    return NO_NUMBER.contains(plain) || DECIMAL.matcher(plain.replace("_", "")).matches();
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0o")) {
      return new BigInteger(digits.substring(2), 8);
    }
    return digits.length() > 1 && digits.startsWith("0")
        ? new BigInteger(digits.substring(1), 8)
        : new BigInteger(digits);
  }
}
