package io.sesoperator.password;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A password in the clear, for as short as possible: closing it wipes it. It has no text form, no
 * equality and no serial form, so it cannot end up in a log, a map or a message by accident.
 */
public final class Password implements AutoCloseable {

  private static final int RANDOM_LENGTH = 20;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final byte[] value;
  private boolean wiped;

  private Password(byte[] value) {
    this.value = value;
  }

  /**
   * Takes over {@code value}: the caller must neither keep nor change it, as closing wipes this
   * very array.
   */
  public static Password of(byte[] value) {
    return new Password(value);
  }

  /**
   * A new one of 20 letters and digits that SES takes: two different ones of each class at least,
   * whichever way its rule is read.
   */
  public static Password random(SecureRandom random) {
    byte[] value = new byte[RANDOM_LENGTH];
    do {
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      }
    } while (!PasswordRule.standard().brokenBy(value).isEmpty());
    return new Password(value);
  }

  /**
   * The live array, not a copy: do not keep, change or wipe it.
   *
   * @throws IllegalStateException once closed, so that zeros are never taken for a password
   */
  public synchronized byte[] bytes() {
    if (wiped) {
      throw new IllegalStateException("The password was wiped");
    }
    return value;
  }

  /**
   * A copy without one line ending ({@code \n} or {@code \r\n}) at the end, if there is one. Both
   * must be closed.
   */
  public Password withoutTrailingNewline() {
    byte[] whole = bytes();
    return new Password(Arrays.copyOf(whole, TrailingNewline.start(whole)));
  }

  /** Overwrites the value; closing twice does nothing more. */
  @Override
  public synchronized void close() {
    Arrays.fill(value, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
