/**
 * Tencent Cloud SES: reading its senders, setting their passwords, proving them by a login, what
 * its error codes mean, and how often it may be asked.
 *
 * <p><b>Invariant:</b> what SES answers becomes a {@link io.sesoperator.plan.Outcome} by its code
 * alone, through the one table of {@link io.sesoperator.ses.SesErrors}, which {@code
 * docs/errors.md} repeats ({@code SesErrorsTest}). What its SMTP server does becomes a {@link
 * io.sesoperator.ses.LoginResult} by another ({@code SmtpLoginTest}). Nothing here sleeps, retries
 * or logs.
 *
 * <p>Start with {@link io.sesoperator.ses.SesClient}.
 */
@NullMarked
package io.sesoperator.ses;

import org.jspecify.annotations.NullMarked;
