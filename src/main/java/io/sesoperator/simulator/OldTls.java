package io.sesoperator.simulator;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;

/** The first words of a server that knows nothing newer than TLS 1.0 (RFC 2246, 7.4.1.3). */
final class OldTls {

  private static final byte HANDSHAKE = 22;
  private static final byte SERVER_HELLO = 2;
  private static final byte[] VERSION = {3, 1};
  private static final byte[] NO_SESSION = {0};
  // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, which a client of TLS 1.2 may well have offered
  private static final byte[] SUITE = {(byte) 0xc0, 0x09};
  private static final byte[] NO_COMPRESSION = {0};

  private OldTls() {}

  static byte[] hello() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    byte[] body = joined(VERSION, random, NO_SESSION, SUITE, NO_COMPRESSION);
    byte[] message = joined(new byte[] {SERVER_HELLO, 0, 0, (byte) body.length}, body);
    return joined(new byte[] {HANDSHAKE}, VERSION, new byte[] {0, (byte) message.length}, message);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
