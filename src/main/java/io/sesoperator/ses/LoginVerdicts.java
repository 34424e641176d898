package io.sesoperator.ses;

import io.sesoperator.ses.BoundedSocket.Fate;
import io.sesoperator.ses.LoginResult.Accepted;
import io.sesoperator.ses.LoginResult.Cause;
import io.sesoperator.ses.LoginResult.Refused;
import io.sesoperator.ses.LoginResult.Unreachable;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** The one table from what a server did to what that means; its text is never looked at. */
final class LoginVerdicts {

  // https://www.rfc-editor.org/rfc/rfc4954#section-6
  private static final int ACCEPTED = 235;
  private static final int REFUSED = 535;

  private LoginVerdicts() {}

  /** Of the reply to a login. */
  static LoginResult ofReply(int code) {
    return switch (code) {
      case ACCEPTED -> new Accepted();
      case REFUSED -> new Refused();
      default -> new Unreachable(isTemporary(code) ? Cause.TEMPORARY : Cause.PROTOCOL);
    };
  }

  /** Of a login that may have got no reply: then {@code code} is not positive. */
  static LoginResult ofReply(int code, Fate fate) {
    return code > 0 ? ofReply(code) : new Unreachable(of(fate).orElse(Cause.PROTOCOL));
  }

  /**
   * Of a dialogue that did not come to a login.
   *
   * @param code the last reply's; none if not positive
   */
  static LoginResult ofFailure(Throwable failure, int code, Fate fate) {
    if (has(failure, CertificateException.class)
        || has(failure, CertPathValidatorException.class)) {
      return new Unreachable(Cause.CERTIFICATE);
    }
    if (has(failure, UnknownHostException.class)) {
      return new Unreachable(Cause.UNKNOWN_HOST);
    }
    if (isTemporary(code)) {
      return new Unreachable(Cause.TEMPORARY);
    }
    return new Unreachable(of(fate).or(() -> of(failure)).orElse(Cause.PROTOCOL));
  }

  private static Optional<Cause> of(Throwable failure) {
    if (has(failure, SocketTimeoutException.class)) {
      return Optional.of(Cause.TIME_OUT);
    }
    if (has(failure, SSLException.class)) {
      return Optional.of(Cause.TLS);
    }
    return has(failure, java.io.IOException.class)
        ? Optional.of(Cause.CONNECTION)
        : Optional.empty();
  }

  private static Optional<Cause> of(Fate fate) {
    return switch (fate) {
      case ALIVE -> Optional.empty();
      case LOST -> Optional.of(Cause.CONNECTION);
      case TIMED_OUT -> Optional.of(Cause.TIME_OUT);
      case FLOODED -> Optional.of(Cause.PROTOCOL);
    };
  }

  private static boolean isTemporary(int code) {
    return code / 100 == 4;
  }

  private static boolean has(Throwable failure, Class<? extends Exception> kind) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(kind::isInstance);
  }
}
