/**
 * The only home of plaintext: the password between the Secret and SES, the rule that SES sets for
 * it, and the keyed digest that stands for it everywhere else.
 *
 * <p><b>Invariant:</b> nothing here prints, logs or throws a password or its length; only this
 * package, {@code ses} and the reader of Secrets ever hold one ({@code
 * plaintextStaysInPasswordSesAndSecretReader}, {@code noLoggerWherePasswordsAre}).
 *
 * <p>Start with {@link io.sesoperator.password.DigestKey}.
 */
@NullMarked
package io.sesoperator.password;

import org.jspecify.annotations.NullMarked;
