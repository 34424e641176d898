package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Evidence.LoginVerdict;
import java.time.Duration;
import java.util.Optional;

/** Tells what logins have shown about an accepted value. */
final class Proof {

  /**
   * How many refusals count, and how long they must have lasted: fewer may be a server in trouble.
   */
  static final int REFUSALS = 3;

  static final Duration REFUSED_FOR = Duration.ofMinutes(3);

  private Proof() {}

  /** Whether a login has proved this value at some time. */
  static boolean isProved(SmtpCredentialStatus status, Applied applied) {
    return status.verified().filter(it -> it.revision() == applied.revision()).isPresent();
  }

  /** Whether SES refuses a value that it took for a while. */
  static boolean isLost(Observation seen, SmtpCredentialStatus status, Applied applied) {
    return isProved(status, applied)
        && seen.evidence()
            .loginSince(applied)
            .filter(login -> login.refusals() >= REFUSALS)
            .filter(login -> login.refusedFor().compareTo(REFUSED_FOR) >= 0)
            .isPresent();
  }

  /** How the value stands; absent if no login was made with it since the start. */
  static Optional<Reason> of(Observation seen, SmtpCredentialStatus status, Applied applied) {
    if (isProved(status, applied)) {
      return Optional.of(isLost(seen, status, applied) ? Reason.LOGIN_REFUSED : Reason.LOGGED_IN);
    }
    return seen.evidence().loginSince(applied).map(login -> of(seen, applied, login));
  }

  private static Reason of(Observation seen, Applied applied, Login login) {
    return switch (login.verdict()) {
      case ACCEPTED -> Reason.LOGGED_IN;
      case REFUSED -> isOverdue(seen, applied) ? Reason.LOGIN_REFUSED : Reason.VERIFYING;
      case UNREACHABLE -> Reason.SMTP_UNREACHABLE;
    };
  }

  private static boolean isOverdue(Observation seen, Applied applied) {
    return !seen.now().isBefore(applied.time().plus(LoginSchedule.WINDOW));
  }

  /** The login that proves this value, if the last one does. */
  static Optional<Login> proving(Observation seen, Applied applied) {
    return seen.evidence()
        .loginSince(applied)
        .filter(login -> login.verdict() == LoginVerdict.ACCEPTED);
  }
}
