package io.sesoperator.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sender addresses of one account in one region.
 *
 * <p>Of a password only a digest under a random key is kept: it can be compared with a candidate
 * and with nothing else.
 */
public final class SenderBook {

  /**
   * A sender address as {@code ListEmailAddress} tells it.
   *
   * @param alias may be empty
   * @param createdTimestamp Unix seconds
   * @param smtpPwdType 1 once a password was set, else 0
   */
  public record Sender(String address, String alias, long createdTimestamp, int smtpPwdType) {}

  private static final String HMAC = "HmacSHA256";

  private record Entry(Sender sender, Optional<String> digest) {}

  private final ServerClock clock;
  private final boolean ignoreCase;
  private final SecretKeySpec digestKey;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  SenderBook(ServerClock clock, boolean ignoreCase) {
    this.clock = clock;
    this.ignoreCase = ignoreCase;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.digestKey = new SecretKeySpec(random, HMAC);
  }

  /** Adds an address without a password; one that is there already stays as it is. */
  public void add(String address) {
    add(address, "");
  }

  /** As {@link #add(String)}, with a display name. Whether it was added. */
  public synchronized boolean add(String address, String alias) {
    Sender sender = new Sender(address, alias, clock.now().getEpochSecond(), 0);
    return entries.putIfAbsent(key(address), new Entry(sender, Optional.empty())) == null;
  }

  /** Removes an address and forgets its password. Whether it was there. */
  public synchronized boolean delete(String address) {
    return entries.remove(key(address)) != null;
  }

  /** Deletes the address and creates it anew: no password, a new creation time. */
  public synchronized void recreate(String address) {
    delete(address);
    add(address);
  }

  /**
   * Somebody else sets the password, in the console say, where no rule of ours applies.
   *
   * @throws NoSuchElementException if there is no such address
   */
  public synchronized void setOutOfBand(String address, String value) {
    if (find(address).isEmpty()) {
      throw new NoSuchElementException("No such sender");
    }
    set(address, value);
  }

  /** Whether the address exists and this is its password now. */
  public boolean holds(String address, String candidate) {
    return holds(address, candidate.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the address exists and this, as UTF-8, is its password now. */
  public synchronized boolean holds(String address, byte[] candidate) {
    return Optional.ofNullable(entries.get(key(address)))
        .flatMap(Entry::digest)
        .filter(digest -> sameText(digest, digest(candidate)))
        .isPresent();
  }

  /** The address, if it exists. */
  public synchronized Optional<Sender> find(String address) {
    return Optional.ofNullable(entries.get(key(address))).map(Entry::sender);
  }

  /** All addresses, oldest first. */
  public synchronized List<Sender> all() {
    List<Sender> senders = new ArrayList<>();
    entries.values().forEach(entry -> senders.add(entry.sender()));
    return List.copyOf(senders);
  }

  /** Sets the password of an address that exists. */
  synchronized void set(String address, String password) {
    String digest = digest(password.getBytes(StandardCharsets.UTF_8));
    entries.computeIfPresent(
        key(address), (_, entry) -> new Entry(withPassword(entry.sender()), Optional.of(digest)));
  }

  private static Sender withPassword(Sender sender) {
    return new Sender(sender.address(), sender.alias(), sender.createdTimestamp(), 1);
  }

  private String key(String address) {
    return ignoreCase ? address.toLowerCase(Locale.ROOT) : address;
  }

  private String digest(byte[] value) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(digestKey);
      return new String(mac.doFinal(value), StandardCharsets.ISO_8859_1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }

  private static boolean sameText(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.ISO_8859_1), other.getBytes(StandardCharsets.ISO_8859_1));
  }
}
