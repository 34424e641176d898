package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A way in which a secret can show: written in an encoding, in part, or as a hash without a key.
 */
enum CanaryForm {
  RAW(Stream::of),
  JSON(text(CanaryForm::json)),
  UNICODE_ESCAPES(text(CanaryForm::unicodeEscapes)),
  XML(text(CanaryForm::xml)),
  URL(text(CanaryForm::url)),
  PERCENT(value -> hex(value, "%")),
  BASE64(value -> base64(value, Base64.getEncoder())),
  BASE64_URL(value -> base64(value, Base64.getUrlEncoder())),
  HEX(value -> hex(value, "")),
  HEX_DUMP(value -> hex(value, " ")),
  DECIMAL(CanaryForm::decimal),
  UTF_16(CanaryForm::utf16),
  REVERSED(text(text -> Stream.of(new StringBuilder(text).reverse().toString()))),
  HASH(CanaryForm::hashes),
  BEGINNING(value -> Stream.of(Arrays.copyOf(value, 8))),
  END(value -> Stream.of(Arrays.copyOfRange(value, value.length - 8, value.length))),
  PART(CanaryForm::parts);

  /** What a dump in lines of 16 leaves together of a password; less is found in any base64. */
  private static final int PART_LENGTH = 10;

  /** Looked for of a hash, in bytes, because some cut it. */
  private static final int PART_OF_A_HASH = 9;

  private static final Pattern ESCAPED_BYTE = Pattern.compile("%[0-9A-F]{2}");

  private final Function<byte[], Stream<byte[]>> writing;

  CanaryForm(Function<byte[], Stream<byte[]>> writing) {
    this.writing = writing;
  }

  /** The byte sequences, each of at least 8 bytes, that betray {@code value} in this form. */
  Stream<byte[]> of(byte[] value) {
    return writing.apply(value);
  }

  /** Whether it is only a part, which of a secret that a test chose may be an everyday word. */
  boolean isPart() {
    return this == BEGINNING || this == END || this == PART;
  }

  /** What is no text cannot be written as one. */
  private static Function<byte[], Stream<byte[]>> text(Function<String, Stream<String>> writing) {
    return value -> {
      String text = new String(value, UTF_8);
      return Arrays.equals(text.getBytes(UTF_8), value)
          ? writing.apply(text).map(written -> written.getBytes(UTF_8))
          : Stream.empty();
    };
  }

  private static Stream<String> json(String text) {
    return Stream.of(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)));
  }

  private static Stream<String> unicodeEscapes(String text) {
    return Stream.of("\\u%04x", "\\u%04X")
        .map(format ->
            text.chars().mapToObj(c -> format.formatted(c)).collect(Collectors.joining()));
  }

  private static Stream<String> xml(String text) {
    return Stream.of(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
  }

  private static Stream<String> url(String text) {
    String upper = URLEncoder.encode(text, UTF_8);
    String lower =
        ESCAPED_BYTE.matcher(upper).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    return Stream.of(upper, lower);
  }

  private static Stream<byte[]> utf16(byte[] value) {
    String text = new String(value, UTF_8);
    return Stream.of(text.getBytes(UTF_16BE), text.getBytes(UTF_16LE));
  }

  private static Stream<byte[]> hex(byte[] value, String delimiter) {
    HexFormat format = HexFormat.ofDelimiter(delimiter);
    return Stream.of(format, format.withUpperCase()).map(it -> it.formatHex(value).getBytes(UTF_8));
  }

  /** As {@code Arrays.toString} writes bytes, and as JSON does. */
  private static Stream<byte[]> decimal(byte[] value) {
    return Stream.of(", ", ",")
        .map(delimiter ->
            IntStream.range(0, value.length)
                .mapToObj(i -> Byte.toString(value[i]))
                .collect(Collectors.joining(delimiter)))
        .map(written -> written.getBytes(UTF_8));
  }

  /**
   * Those characters that depend on {@code value} alone, at each of its three possible places in a
   * longer text that was encoded as a whole.
   */
  private static Stream<byte[]> base64(byte[] value, Base64.Encoder encoder) {
    return IntStream.range(0, 3)
        .mapToObj(before -> {
          byte[] placed = new byte[before + value.length];
          System.arraycopy(value, 0, placed, before, value.length);
          byte[] encoded = encoder.withoutPadding().encode(placed);
          return Arrays.copyOfRange(encoded, (before * 8 + 5) / 6, placed.length * 8 / 6);
        });
  }

  /** Each bit of it in the clear (but the first, which is a beginning) and in base64. */
  private static Stream<byte[]> parts(byte[] value) {
    Stream<byte[]> encoded =
        Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
            .flatMap(encoder -> base64(value, encoder));
    return Stream.concat(Stream.of(Arrays.copyOfRange(value, 1, value.length)), encoded)
        .flatMap(text ->
            IntStream.rangeClosed(0, text.length - PART_LENGTH)
                .mapToObj(start -> Arrays.copyOfRange(text, start, start + PART_LENGTH)));
  }

  /** Of the value alone, and with the newline that {@code echo} puts behind it. */
  private static Stream<byte[]> hashes(byte[] value) {
    byte[] line = Arrays.copyOf(value, value.length + 1);
    line[value.length] = '\n';
    return Stream.of(value, line)
        .flatMap(text ->
            Stream.of("MD5", "SHA-1", "SHA-256", "SHA-512")
                .map(algorithm -> new DigestUtils(algorithm).digest(text)))
        .map(hash -> Arrays.copyOf(hash, PART_OF_A_HASH))
        .flatMap(part ->
            Stream.concat(
                hex(part, ""),
                Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                    .map(encoder -> encoder.encode(part))));
  }
}
