package io.sesoperator.simulator;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A private certificate authority, made anew at each start. It writes its certificates by itself,
 * since the JDK reads X.509 but has no public way to make it.
 */
final class CertificateAuthority {

  /** A server's key and the certificate that goes with it. */
  record Identity(PrivateKey key, X509Certificate certificate) {}

  // fixed, so that neither a moved clock nor a long test makes a right certificate a wrong one
  static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2049-12-31T23:59:59Z");

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] ISSUER = name("SES simulator CA");

  private final KeyPair keys;
  private final X509Certificate certificate;

  private CertificateAuthority(KeyPair keys) throws GeneralSecurityException {
    this.keys = keys;
    this.certificate =
        sign(
            ISSUER,
            keys.getPublic(),
            END,
            Der.sequence(
                extension("2.5.29.19", true, Der.sequence(Der.yes())),
                extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06})),
                extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic())))));
  }

  static CertificateAuthority create() {
    try {
      return new CertificateAuthority(newKeys());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has elliptic curves", e);
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** The certificate in the form that files have. */
  String pem() {
    try {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was read can be written", e);
    }
  }

  /**
   * A new server for these names and addresses.
   *
   * @param end when its certificate ends
   */
  Identity issue(List<String> names, Instant end) {
    try {
      KeyPair server = newKeys();
      byte[] extensions =
          Der.sequence(
              extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
              extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
              extension("2.5.29.35", false, Der.sequence(Der.implicit(0, keyId(keys.getPublic())))),
              extension("2.5.29.17", false, alternativeNames(names)));
      return new Identity(
          server.getPrivate(), sign(name(names.getFirst()), server.getPublic(), end, extensions));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has elliptic curves", e);
    }
  }

  private X509Certificate sign(byte[] subject, PublicKey key, Instant end, byte[] extensions)
      throws GeneralSecurityException {
    byte[] toBeSigned =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, new SecureRandom())),
            ECDSA_WITH_SHA256,
            ISSUER,
            Der.sequence(Der.time(START), Der.time(end)),
            subject,
            key.getEncoded(),
            Der.explicit(3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(toBeSigned);
    byte[] whole = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] alternativeNames(List<String> names) {
    List<byte[]> written = new ArrayList<>();
    for (String name : names) {
      written.add(
          isAddress(name)
              ? Der.implicit(7, address(name))
              : Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII)));
    }
    return Der.sequence(written.toArray(byte[][]::new));
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9.]+");
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an address: " + literal, e);
    }
  }
}
