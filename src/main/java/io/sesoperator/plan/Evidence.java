package io.sesoperator.plan;

import io.sesoperator.api.SmtpCredentialStatus.Applied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What SES was seen to say by itself, beside its answers to our pushes. It is kept in memory only:
 * a restart delays a verdict, and never turns one round.
 *
 * @param since when this process began to look; what was due before that is not made up for
 * @param listing what SES's last list of senders says about the address; absent while none is known
 * @param login the last login with the address; absent while none is known
 * @param loggingIn whether one is under way
 * @param asked when SES was last asked whether it still holds the accepted value; absent if it was
 *     not
 * @param corrections when drift was corrected within the last hour, oldest first
 */
public record Evidence(
    Instant since,
    Optional<Listing> listing,
    Optional<Login> login,
    boolean loggingIn,
    Optional<Instant> asked,
    List<Instant> corrections) {

  public Evidence {
    corrections = List.copyOf(corrections);
  }

  /**
   * One sender in a list of all senders.
   *
   * @param time just before SES was asked
   * @param sender absent if the list has no such address
   */
  public record Listing(Instant time, Optional<ListedSender> sender) {}

  /**
   * A sender as SES lists it.
   *
   * @param passwordSet absent where SES does not say
   */
  public record ListedSender(Optional<Boolean> passwordSet, Optional<Instant> createdAt) {}

  /**
   * A login, and how those before it ended.
   *
   * @param time when it ended
   * @param accepted when SES accepted the password that it was made with
   * @param refusals how many were refused since the last that was accepted
   * @param firstRefusal when the first of these was; else of no meaning
   */
  public record Login(
      Instant time,
      Instant accepted,
      LoginVerdict verdict,
      String host,
      int refusals,
      Instant firstRefusal) {

    /** The first login since this acceptance. */
    public static Login first(Instant time, Instant accepted, LoginVerdict verdict, String host) {
      return new Login(time, accepted, verdict, host, refused(verdict), time);
    }

    /** The login that follows this one. */
    public Login then(Login next) {
      if (!accepted.equals(next.accepted)) {
        return next;
      }
      return switch (next.verdict) {
        case ACCEPTED -> next;
        case REFUSED ->
            refusals == 0 ? next : next.counting(refusals + refused(next.verdict), firstRefusal);
        case UNREACHABLE -> next.counting(refusals, firstRefusal);
      };
    }

    private Login counting(int number, Instant first) {
      return new Login(time, accepted, verdict, host, number, first);
    }

    private static int refused(LoginVerdict verdict) {
      return verdict == LoginVerdict.REFUSED ? 1 : 0;
    }

    /** From the first refusal to this login. */
    Duration refusedFor() {
      return Duration.between(firstRefusal, time);
    }
  }

  /** What a login showed. */
  public enum LoginVerdict {
    ACCEPTED,
    REFUSED,
    /** Nothing about the password: no connection, no trust, no time. */
    UNREACHABLE
  }

  /** The last login since this acceptance, and with its password. */
  Optional<Login> loginSince(Applied applied) {
    return login.filter(last -> last.accepted().equals(applied.time()));
  }

  Evidence with(Listing newer) {
    return new Evidence(since, Optional.of(newer), login, loggingIn, asked, corrections);
  }

  Evidence whileLoggingIn() {
    return new Evidence(since, listing, login, true, asked, corrections);
  }

  Evidence askedAt(Instant time) {
    return new Evidence(since, listing, login, loggingIn, Optional.of(time), corrections);
  }
}
