/**
 * What tests share: API servers to test against, objects to put there, and passwords that are
 * searched for in all that a run writes ({@link io.sesoperator.testing.Canary}). Start with {@link
 * io.sesoperator.testing.ApiServer} and {@link io.sesoperator.testing.World}.
 */
package io.sesoperator.testing;
