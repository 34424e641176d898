package io.sesoperator.tencent;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A temporary credential that is renewed before it ends, by whoever happens to ask for it then. One
 * caller at a time does that, while the others go on with the one that is still valid; only if none
 * is, they wait.
 */
final class ExpiringCredential implements CredentialSource {

  /** Between two requests, be it that the first brought nothing, or what was refused. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** A credential must outlive the call that it signs, though clocks differ. */
  private static final Duration LONGEST_USE = Duration.ofSeconds(30);

  private final Supplier<Issue> issuer;
  private final Duration reserve;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private final AtomicReference<Memory> memory = new AtomicReference<>(Memory.EMPTY);

  /**
   * None yet.
   *
   * @param reserve how long before its end a credential is renewed; of a short-lived one, in the
   *     last tenth of its life
   */
  ExpiringCredential(Supplier<Issue> issuer, Duration reserve, Clock clock) {
    this.issuer = issuer;
    this.reserve = reserve;
    this.clock = clock;
  }

  @Override
  public Lookup current() {
    Instant now = clock.instant();
    Memory known = memory.get();
    if (!known.isDue(now)) {
      return known.lookup(now);
    }
    return known.isUsable(now) ? renewedUnlessSomebodyIsAtIt(known, now) : renewed(known);
  }

  @Override
  public void refused(Credential credential) {
    Instant now = clock.instant();
    memory.updateAndGet(known -> known.without(credential, now));
  }

  private Lookup renewedUnlessSomebodyIsAtIt(Memory known, Instant now) {
    if (!asking.tryLock()) {
      return known.lookup(now);
    }
    try {
      return renewed(known);
    } finally {
      asking.unlock();
    }
  }

  private Lookup renewed(Memory known) {
    asking.lock();
    try {
      if (memory.get().equals(known)) {
        Issue issue = issuer.get();
        Instant now = clock.instant();
        memory.updateAndGet(latest -> latest.after(issue, reserve, now));
      }
      return memory.get().lookup(clock.instant());
    } finally {
      asking.unlock();
    }
  }

  /**
   * What is known.
   *
   * @param asked when it was asked for last
   * @param dropped when a refused credential was given up last
   * @param why what to say when no credential is usable
   */
  private record Memory(Optional<Held> held, Instant asked, Instant dropped, ApiFailure why) {

    static final Memory EMPTY =
        new Memory(
            Optional.empty(),
            Instant.EPOCH,
            Instant.EPOCH,
            ApiFailure.of(ClientError.CREDENTIAL_NOT_FOUND));

    boolean isDue(Instant now) {
      boolean wanted = held.stream().allMatch(it -> !now.isBefore(it.renewal()));
      return now.isBefore(asked) || (wanted && isPauseOver(asked, now));
    }

    boolean isUsable(Instant now) {
      return held.stream().anyMatch(it -> now.isBefore(it.lastUse()));
    }

    Lookup lookup(Instant now) {
      return held.filter(_ -> isUsable(now))
          .<Lookup>map(it -> new Found(it.credential()))
          .orElseGet(() -> new Missing(why));
    }

    Memory after(Issue issue, Duration reserve, Instant now) {
      return switch (issue) {
        case Issue.Granted granted ->
            new Memory(
                Optional.of(Held.of(granted, reserve, now)),
                now,
                dropped,
                ApiFailure.of(ClientError.CREDENTIAL_EXPIRED));
        case Issue.Denied(ApiFailure reason) -> new Memory(held, now, dropped, reason);
      };
    }

    /** Another one is no better if it is refused as well, so they are not asked for in a row. */
    Memory without(Credential refused, Instant now) {
      boolean drop =
          held.stream().anyMatch(it -> it.credential().equals(refused))
              && isPauseOver(dropped, now);
      return drop ? new Memory(Optional.empty(), Instant.EPOCH, now, why) : this;
    }

    // A start that lies ahead was told by a clock that was wrong.
    private static boolean isPauseOver(Instant start, Instant now) {
      return now.isBefore(start) || !now.isBefore(start.plus(PAUSE));
    }
  }

  /** A credential, when to ask for the next one, and until when it may be handed out. */
  private record Held(Credential credential, Instant renewal, Instant lastUse) {

    static Held of(Issue.Granted granted, Duration reserve, Instant now) {
      Duration ahead = min(reserve, Duration.between(now, granted.end()).dividedBy(10));
      Duration margin = min(LONGEST_USE, ahead.dividedBy(2));
      return new Held(
          granted.credential(), granted.end().minus(ahead), granted.end().minus(margin));
    }

    private static Duration min(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }
  }
}
