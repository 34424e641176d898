package io.sesoperator.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.plan.PasswordFacts;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * The key under which passwords are digested. Without it a digest tells nothing of the password, so
 * digests may stand in a status that many can read.
 *
 * <p>A digest is HMAC-SHA256 over {@code "ses-operator/v1"}, namespace, Secret name, Secret key and
 * value, each with its length before it, cut to 128 bits and written as {@code <key id>:<hex>}. The
 * place is part of it, so that equal passwords at two places do not show.
 */
public final class DigestKey {

  private static final int KEY_LENGTH = 32;
  private static final int DIGEST_LENGTH = 16;
  private static final int ID_LENGTH = 4;
  private static final String DOMAIN = "ses-operator/v1";

  /** Nothing of this size is a password; digesting it would only cost time. */
  private static final int LARGEST_VALUE = 1024;

  private final byte[] key;
  private final String id;

  private DigestKey(byte[] key) {
    this.key = key;
    this.id = idOf(key);
  }

  /** Makes a new key. */
  public static DigestKey generate(SecureRandom random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    return new DigestKey(key);
  }

  /**
   * The key that was stored before; {@code key} is copied.
   *
   * @throws IllegalArgumentException if it does not have 32 bytes
   */
  public static DigestKey of(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("A digest key has " + KEY_LENGTH + " bytes");
    }
    return new DigestKey(key.clone());
  }

  /** A copy of the 32 bytes, for storing. */
  public byte[] bytes() {
    return key.clone();
  }

  /** What stands before the colon in each digest made with this key: 8 hexadecimal digits. */
  public String id() {
    return id;
  }

  /**
   * All that may be known of one entry of a Secret. An entry of more than 1 KiB is not read: it
   * breaks the rule of length, and all such entries have the same digest.
   */
  public PasswordFacts facts(
      String namespace, String secret, String key, byte[] value, PasswordRule rule) {
    if (value.length > LARGEST_VALUE) {
      return new PasswordFacts(oversized(), List.of(rule.lengthPhrase()), Optional.empty());
    }
    int end = TrailingNewline.start(value);
    String digest = digest(namespace, secret, key, value);
    if (end == value.length) {
      return new PasswordFacts(digest, rule.brokenBy(value), Optional.empty());
    }
    try (Password trimmed = Password.of(Arrays.copyOf(value, end))) {
      PasswordFacts without =
          new PasswordFacts(
              digest(namespace, secret, key, trimmed),
              rule.brokenBy(trimmed.bytes()),
              Optional.empty());
      return new PasswordFacts(digest, rule.brokenBy(value), Optional.of(without));
    }
  }

  /** The digest of a password that was read from this place, equal to the one in its facts. */
  public String digest(String namespace, String secret, String key, Password password) {
    return digest(namespace, secret, key, password.bytes());
  }

  @Override
  public String toString() {
    return "DigestKey[" + id + "]";
  }

  private String digest(String namespace, String secret, String key, byte[] value) {
    if (value.length > LARGEST_VALUE) {
      return oversized();
    }
    Mac mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, this.key);
    for (String field : List.of(DOMAIN, namespace, secret, key)) {
      update(mac, field.getBytes(UTF_8));
    }
    update(mac, value);
    return id + ":" + Hex.encodeHexString(Arrays.copyOf(mac.doFinal(), DIGEST_LENGTH));
  }

  private String oversized() {
    return id + ":oversized";
  }

  private static void update(Mac mac, byte[] field) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).flip());
    mac.update(field);
  }

  // No digest starts with the bytes of this text, because each starts with the length of a field.
  private static String idOf(byte[] key) {
    byte[] whole = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(DOMAIN + "/key-id");
    return Hex.encodeHexString(Arrays.copyOf(whole, ID_LENGTH));
  }
}
