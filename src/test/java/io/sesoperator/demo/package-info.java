/**
 * {@code ./demo}: the operator at work on one machine, told as it happens and checked line by line.
 *
 * <p><b>Invariant:</b> in test scope, because it needs an API server that must not ship; prints no
 * password.
 *
 * <p>Start with {@link io.sesoperator.demo.Story}.
 */
@NullMarked
package io.sesoperator.demo;

import org.jspecify.annotations.NullMarked;
