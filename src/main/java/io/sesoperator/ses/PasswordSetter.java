package io.sesoperator.ses;

import io.sesoperator.password.Password;
import io.sesoperator.plan.Outcome;

/** The writing half of SES. */
public interface PasswordSetter {

  /**
   * Sets the SMTP password of a sender: one call, {@code UpdateEmailSmtpPassWord}, which replaces
   * whatever password the sender had. The caller closes {@code password}.
   */
  Outcome set(String emailAddress, Password password);
}
