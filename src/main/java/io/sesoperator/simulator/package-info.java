/**
 * A stand-in for Tencent Cloud SES on the loopback interface, and for what hands out temporary keys
 * for it: the product's own tests and users' CI run against it. It checks signatures, clocks, quota
 * and parameters in the server's order, and fails in every way a network can fail, on demand.
 * docs/simulator.md tells how to use it.
 *
 * <p><b>Invariant:</b> shares no code with the client ({@code simulatorSharesNothing}): the
 * signature is written here a second time from the specification, so that one mistake cannot be on
 * both sides. It keeps no password, only a keyed digest to compare with.
 *
 * <p>Start with {@link io.sesoperator.simulator.Simulator}, then {@link
 * io.sesoperator.simulator.SesGateway}.
 */
@NullMarked
package io.sesoperator.simulator;

import org.jspecify.annotations.NullMarked;
