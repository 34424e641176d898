package io.sesoperator.simulator;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The few forms of ASN.1's DER that a certificate is written in. */
final class Der {

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, parts);
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] yes() {
    return tagged(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] text(String value) {
    return tagged(0x0c, value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] value) {
    return tagged(0x04, value);
  }

  /** A bit string whose last {@code unused} bits don't count. */
  static byte[] bits(int unused, byte[] value) {
    return tagged(0x03, new byte[] {(byte) unused}, value);
  }

  /** Of the years 1950 to 2049, the only ones for which this form may be used. */
  static byte[] time(Instant time) {
    return tagged(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      writeArc(Integer.parseInt(arcs[i]), out);
    }
    return tagged(0x06, out.toByteArray());
  }

  private static void writeArc(int arc, ByteArrayOutputStream out) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >> shift != 0) {
        out.write(((arc >> shift) & 0x7f) | 0x80);
      }
    }
    out.write(arc & 0x7f);
  }

  /** {@code [number] EXPLICIT}, or what is made of parts. */
  static byte[] explicit(int number, byte[] part) {
    return tagged(0xa0 | number, part);
  }

  /** {@code [number] IMPLICIT} of a simple form. */
  static byte[] implicit(int number, byte[] content) {
    return tagged(0x80 | number, content);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(content.size(), out);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(int length, ByteArrayOutputStream out) {
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int sign = bytes[0] == 0 ? 1 : 0;
      out.write(0x80 | (bytes.length - sign));
      out.write(bytes, sign, bytes.length - sign);
    }
  }
}
