/**
 * Fault injection of the whole operator: every request that it makes is a step, at which it is
 * killed, paused or cut off. Start with {@link io.sesoperator.faults.Batch}; {@code
 * docs/fault-injection.md} tells what comes of it.
 */
package io.sesoperator.faults;
