/**
 * A stand-in for Tencent Cloud SES on the loopback interface, its API and its SMTP login, and for
 * what hands out temporary keys for it: the product's own tests and users' CI run against it. It
 * checks signatures, clocks, quota and parameters in the server's order, and fails in every way a
 * network can fail, on demand. docs/simulator.md tells how to use it.
 *
 * <p><b>Invariant:</b> shares no code with the client ({@code simulatorSharesNothing}): the
 * signature and the SMTP dialogue are written here from their specifications alone, so that one
 * mistake cannot be on both sides. It keeps no password, only a keyed digest to compare with.
 *
 * <p>Start with {@link io.sesoperator.simulator.Simulator}, then {@link
 * io.sesoperator.simulator.SesGateway} for the API and {@link io.sesoperator.simulator.SmtpDoor}
 * for SMTP.
 */
@NullMarked
package io.sesoperator.simulator;

import org.jspecify.annotations.NullMarked;
