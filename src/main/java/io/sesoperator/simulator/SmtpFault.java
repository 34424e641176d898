package io.sesoperator.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Something that goes wrong with one SMTP connection, or with one login. */
enum SmtpFault {
  /** 535 for a right password. */
  REFUSE(Strikes.LOGIN),
  /** 454 in answer to a login. */
  DEFER(Strikes.LOGIN),
  /** The connection is closed in answer to a login. */
  LOSE(Strikes.LOGIN),
  /** No answer to a login, and the connection stays open. */
  HANG(Strikes.LOGIN),
  /** 421 in place of the greeting. */
  BUSY(Strikes.CONNECTION),
  /** Closed before the greeting. */
  CLOSE(Strikes.CONNECTION),
  /** Accepted, and not a byte is said. */
  SILENT(Strikes.CONNECTION),
  /** A greeting that isn't SMTP. */
  GARBAGE(Strikes.CONNECTION),
  /** A greeting whose line doesn't end. */
  ENDLESS_LINE(Strikes.CONNECTION),
  /** A reply to EHLO that always announces one more line. */
  ENDLESS_REPLY(Strikes.CONNECTION),
  /** TLS, but no login is offered. */
  NO_AUTH(Strikes.CONNECTION),
  /** A certificate of somebody else. */
  WRONG_NAME(Strikes.CONNECTION),
  /** A certificate that has ended. */
  EXPIRED(Strikes.CONNECTION),
  /** TLS 1.0 and nothing newer. */
  OLD_TLS(Strikes.CONNECTION),
  /** No STARTTLS is offered, and logins in plain text are. */
  STRIP_STARTTLS(Strikes.PLAIN_CONNECTION);

  /** When a fault strikes. */
  enum Strikes {
    LOGIN,
    CONNECTION,
    /** Only on the port that begins in plain text. */
    PLAIN_CONNECTION
  }

  private final Strikes strikes;

  SmtpFault(Strikes strikes) {
    this.strikes = strikes;
  }

  Strikes strikes() {
    return strikes;
  }

  /** The name in the call log and in the control API. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static SmtpFault of(String label) {
    return Arrays.stream(values())
        .filter(fault -> fault.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("\"kind\" of SMTP is one of " + labels()));
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(SmtpFault::label).toList();
  }
}
