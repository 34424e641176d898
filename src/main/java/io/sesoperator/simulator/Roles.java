package io.sesoperator.simulator;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The roles that temporary keys can be had for: those of pods, at STS, and the one that is bound to
 * the machine, at its metadata service.
 */
public final class Roles {

  /** A key and when it ends. */
  record Lent(AccessKey key, Instant end) {}

  private record Trust(String providerId, String token) {
    @Override
    public String toString() {
      return "Trust[" + providerId + "]";
    }
  }

  private static final Pattern ARN = Pattern.compile("qcs::cam::uin/(\\d+):roleName/[\\w+=,.@-]+");
  private static final Duration OF_THE_MACHINE = Duration.ofHours(2);

  /** The metadata service keeps one key for all who ask, and replaces it before it ends. */
  private static final Duration REPLACED_AHEAD = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys;
  private final ServerClock clock;
  private final Map<String, Trust> trusts = new HashMap<>();
  private final List<AccessKey> issued = new ArrayList<>();
  private Optional<String> bound = Optional.empty();
  private Optional<Lent> ofTheMachine = Optional.empty();
  private Duration longest = Duration.ofHours(12);

  Roles(KeyRing keys, ServerClock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Whoever shows this token gets keys of the role, and no longer who shows the one before.
   *
   * @param roleArn such as {@code qcs::cam::uin/100000000001:roleName/ses}; its account's senders
   *     are who the keys are for
   * @throws IllegalArgumentException if it is not of this form
   */
  public synchronized void trust(String roleArn, String providerId, String webIdentityToken) {
    accountOf(roleArn);
    trusts.put(roleArn, new Trust(providerId, webIdentityToken));
  }

  /** Binds a role of the home account to the machine, in place of any other. */
  public synchronized void bind(String name) {
    bound = Optional.of(name);
    ofTheMachine = Optional.empty();
  }

  /** Takes {@link #bind} back. */
  public synchronized void unbind() {
    bound = Optional.empty();
  }

  /** Keys that are handed out from now on live no longer than this, whatever was asked for. */
  public synchronized void limitLifetime(Duration most) {
    longest = most;
  }

  /** Ends all temporary keys at once. */
  public synchronized void endKeys() {
    keys.endLentKeys(clock.now());
    ofTheMachine = Optional.empty();
  }

  /** All temporary keys so far, oldest first. */
  public synchronized List<AccessKey> issued() {
    return List.copyOf(issued);
  }

  synchronized Lent assume(
      String roleArn, String providerId, String webIdentityToken, Duration lifetime)
      throws Refusal {
    Trust trust = Optional.ofNullable(trusts.get(roleArn)).orElseThrow(Refusal::roleNotFound);
    if (!trust.providerId().equals(providerId)) {
      throw Refusal.invalidStsParameter();
    }
    if (!trust.token().equals(webIdentityToken)) {
      throw Refusal.webIdentityToken();
    }
    return lend(accountOf(roleArn), lifetime);
  }

  /** The role of the machine. */
  synchronized Optional<String> bound() {
    return bound;
  }

  synchronized Lent ofTheMachine() {
    Instant soon = clock.now().plus(REPLACED_AHEAD);
    Lent lent =
        ofTheMachine
            .filter(known -> known.end().isAfter(soon))
            .orElseGet(() -> lend(AccessKey.HOME_ACCOUNT, OF_THE_MACHINE));
    ofTheMachine = Optional.of(lent);
    return lent;
  }

  private Lent lend(String account, Duration lifetime) {
    AccessKey key =
        AccessKey.of("AKID" + some(24), some(24)).withToken(some(90)).ofAccount(account);
    Duration granted = lifetime.compareTo(longest) < 0 ? lifetime : longest;
    Instant end = clock.now().plus(granted).truncatedTo(ChronoUnit.SECONDS);
    keys.lend(key, end);
    issued.add(key);
    return new Lent(key, end);
  }

  private static String accountOf(String roleArn) {
    Matcher arn = ARN.matcher(roleArn);
    if (!arn.matches()) {
      throw new IllegalArgumentException("A role is named qcs::cam::uin/<uin>:roleName/<name>");
    }
    return arn.group(1);
  }

  private String some(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().encodeToString(drawn);
  }
}
