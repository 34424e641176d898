package io.sesoperator.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * One frame that a WebSocket server sends (RFC 6455, section 5.2). A kube-apiserver sends each
 * watch event in a frame of its own.
 */
final class Frame {

  private static final int TEXT = 0x81;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;

  private final int first;
  private final byte[] payload;

  private Frame(int first, byte[] payload) {
    this.first = first;
    this.payload = payload;
  }

  static Frame ofText(String text) {
    return new Frame(TEXT, text.getBytes(UTF_8));
  }

  static Frame read(InputStream in) throws IOException {
    int first = in.read();
    int second = in.read();
    if (second < 0) {
      throw new EOFException("The watch has ended");
    }
    long length =
        switch (second) {
          case SHORT_LENGTH -> ByteBuffer.wrap(in.readNBytes(Short.BYTES)).getShort() & 0xFFFF;
          case LONG_LENGTH -> ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong();
          default -> second;
        };
    return new Frame(first, in.readNBytes(Math.toIntExact(length)));
  }

  boolean isText() {
    return first == TEXT;
  }

  Frame mapText(UnaryOperator<String> change) {
    return isText() ? ofText(change.apply(new String(payload, UTF_8))) : this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < SHORT_LENGTH) {
      out.write(payload.length);
    } else if (payload.length <= 0xFFFF) {
      out.write(SHORT_LENGTH);
      out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) payload.length).array());
    } else {
      out.write(LONG_LENGTH);
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
