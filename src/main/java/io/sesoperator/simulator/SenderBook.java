package io.sesoperator.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
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

  private record Change(String digest, Instant reachesSmtp) {

    boolean hasReachedSmtp(Instant now) {
      return !now.isBefore(reachesSmtp);
    }
  }

  /**
   * One sender.
   *
   * @param changes of its password, oldest first: the last one is the API's, and SMTP's is the last
   *     that has reached it
   */
  private record Entry(Sender sender, List<Change> changes) {

    Optional<String> digest() {
      return changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast().digest());
    }

    Optional<String> loginDigest(Instant now) {
      return changes.reversed().stream()
          .filter(change -> change.hasReachedSmtp(now))
          .findFirst()
          .map(Change::digest);
    }

    Entry with(Change change, Instant now) {
      List<Change> kept = new ArrayList<>(changes);
      // what a later one has replaced at SMTP too is of no use any more
      while (kept.size() > 1 && kept.get(1).hasReachedSmtp(now)) {
        kept.removeFirst();
      }
      kept.add(change);
      return new Entry(withPassword(sender), List.copyOf(kept));
    }
  }

  private final ServerClock clock;
  private final ServerRules rules;
  private final SecretKeySpec digestKey;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  SenderBook(ServerClock clock, ServerRules rules) {
    this.clock = clock;
    this.rules = rules;
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
    return entries.putIfAbsent(key(address), new Entry(sender, List.of())) == null;
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

  /** Whether a login by SMTP with this, as UTF-8, is accepted now. */
  public boolean logsIn(String address, String candidate) {
    return logsIn(address, candidate.getBytes(StandardCharsets.UTF_8));
  }

  synchronized boolean logsIn(String address, byte[] candidate) {
    return Optional.ofNullable(entries.get(key(address)))
        .flatMap(entry -> entry.loginDigest(clock.trueTime()))
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

  /** Sets the password of an address that exists; SMTP learns of it after a time. */
  synchronized void set(String address, String password) {
    String digest = digest(password.getBytes(StandardCharsets.UTF_8));
    // the unmoved clock: a server that tells the time wrong is no slower for it
    Instant now = clock.trueTime();
    Change change = new Change(digest, now.plus(rules.propagation()));
    entries.computeIfPresent(key(address), (_, entry) -> entry.with(change, now));
  }

  private static Sender withPassword(Sender sender) {
    return new Sender(sender.address(), sender.alias(), sender.createdTimestamp(), 1);
  }

  private String key(String address) {
    return rules.addressCaseIgnored() ? address.toLowerCase(Locale.ROOT) : address;
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
