package io.sesoperator.password;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What SES accepts as a password. SES has the last word; this rule only spares it the calls that it
 * would surely refuse.
 *
 * @param minLength least number of characters
 * @param maxLength greatest number of characters
 * @param distinctPerClass how many different digits, lower-case and upper-case letters it must hold
 *     at least, of each
 */
public record PasswordRule(int minLength, int maxLength, int distinctPerClass) {

  /**
   * The rule of the code {@code InvalidParameterValue.InvalidSmtpPassWord}: 10-20 characters, "at
   * least 2 unique digits, lowercase letters, and uppercase letters"
   * (https://www.tencentcloud.com/document/product/1084/39419). Which symbols are allowed is
   * nowhere written.
   */
  public static PasswordRule standard() {
    return new PasswordRule(10, 20, 2);
  }

  /**
   * The rules that {@code value} breaks, as phrases for a message, always in the same order; empty
   * if it may be sent. They tell the rule, never the value or its length. A line ending at the end
   * breaks a rule of its own and does not count for the others.
   */
  public List<String> brokenBy(byte[] value) {
    byte[] text = Arrays.copyOf(value, TrailingNewline.start(value));
    try {
      List<String> broken = new ArrayList<>();
      if (text.length < value.length) {
        broken.add(
            "it must not end in a newline (spec.trailingNewline: Trim drops one at the end)");
      }
      broken.addAll(brokenByText(text));
      return List.copyOf(broken);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The phrase for a value that is too short or too long. */
  String lengthPhrase() {
    return "it must have " + minLength + " to " + maxLength + " characters";
  }

  private List<String> brokenByText(byte[] text) {
    List<String> broken = new ArrayList<>();
    int length = characters(text);
    if (length < minLength || length > maxLength) {
      broken.add(lengthPhrase());
    }
    if (!values(text).allMatch(c -> c > ' ' && c <= '~')) {
      broken.add("it must consist of printable ASCII characters without spaces");
    }
    if (distinct(text, c -> c >= '0' && c <= '9') < distinctPerClass) {
      broken.add(classPhrase("digits"));
    }
    if (distinct(text, c -> c >= 'a' && c <= 'z') < distinctPerClass) {
      broken.add(classPhrase("lower-case letters"));
    }
    if (distinct(text, c -> c >= 'A' && c <= 'Z') < distinctPerClass) {
      broken.add(classPhrase("upper-case letters"));
    }
    return broken;
  }

  private String classPhrase(String characterClass) {
    return "it must hold at least " + distinctPerClass + " different " + characterClass;
  }

  /** Counts UTF-8 characters: all bytes but those that continue one. */
  private static int characters(byte[] text) {
    return (int) values(text).filter(c -> (c & 0xC0) != 0x80).count();
  }

  private static long distinct(byte[] text, IntPredicate inClass) {
    return values(text).filter(inClass).distinct().count();
  }

  private static IntStream values(byte[] text) {
    return IntStream.range(0, text.length).map(i -> text[i] & 0xFF);
  }
}
