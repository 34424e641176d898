/**
 * One pass: {@link io.sesoperator.controller.SmtpCredentialReconciler} observes, has a plan made,
 * applies it and has the outcome written, until nothing is left to do.
 *
 * <p><b>Invariant:</b> decides nothing itself; only {@link io.sesoperator.controller.Applier}
 * touches a password, and only while it pushes it ({@code
 * plaintextStaysInPasswordSesAndSecretReader}).
 *
 * <p>Start with {@link io.sesoperator.controller.SmtpCredentialReconciler}.
 */
@NullMarked
package io.sesoperator.controller;

import org.jspecify.annotations.NullMarked;
