package io.sesoperator.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Decides every login, whichever port and mechanism it comes by, and writes it down. */
final class SmtpLogins {

  /** What a client is told. */
  enum Verdict {
    /** 235. */
    ACCEPTED,
    /** 535. */
    REFUSED,
    /** 454. */
    DEFERRED,
    /** Nothing: the connection is closed. */
    LOST,
    /** Nothing: the client waits. */
    UNANSWERED
  }

  private final BiPredicate<String, byte[]> accounts;
  private final SmtpScript script;
  private final CallLog calls;
  private final ServerClock clock;
  private final List<String> mechanisms;

  /**
   * All that decides.
   *
   * @param accounts whether an address logs in with these bytes
   * @param mechanisms how a client may log in
   */
  SmtpLogins(
      BiPredicate<String, byte[]> accounts,
      SmtpScript script,
      CallLog calls,
      ServerClock clock,
      List<String> mechanisms) {
    this.accounts = accounts;
    this.script = script;
    this.calls = calls;
    this.clock = clock;
    this.mechanisms = mechanisms;
  }

  /** How a client may log in. */
  List<String> mechanisms() {
    return mechanisms;
  }

  /**
   * One login.
   *
   * @param by the mechanism and what protects it, such as {@code PLAIN over TLS}
   */
  Verdict decide(String address, byte[] candidate, String by) {
    Optional<SmtpFault> fault = script.takeForLogin(address);
    Verdict verdict =
        fault
            .map(SmtpLogins::verdict)
            .orElseGet(
                () -> accounts.test(address, candidate) ? Verdict.ACCEPTED : Verdict.REFUSED);
    calls.add(
        new CallLog.Login(
            clock.trueTime(),
            CallLog.shown(address),
            by,
            verdict == Verdict.ACCEPTED,
            fault.map(SmtpFault::label).orElse("")));
    return verdict;
  }

  private static Verdict verdict(SmtpFault fault) {
    return switch (fault) {
      case REFUSE -> Verdict.REFUSED;
      case DEFER -> Verdict.DEFERRED;
      case LOSE -> Verdict.LOST;
      case HANG -> Verdict.UNANSWERED;
      case BUSY,
          CLOSE,
          SILENT,
          GARBAGE,
          ENDLESS_LINE,
          ENDLESS_REPLY,
          NO_AUTH,
          WRONG_NAME,
          EXPIRED,
          OLD_TLS,
          STRIP_STARTTLS ->
          throw new IllegalStateException("Not a fault of a login: " + fault);
    };
  }
}
