/**
 * What tests share: API servers to test against, and objects to put there. Start with {@link
 * io.sesoperator.testing.ApiServer}.
 */
package io.sesoperator.testing;
