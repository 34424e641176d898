/**
 * A running process: its settings, the assembly of all parts, rights, leadership, health, metrics
 * and the form of the log.
 *
 * <p><b>Invariant:</b> nothing below this package knows where a value came from; the system clock
 * and the environment are read here and in {@code cli} only ({@code clockOnlyInjected}).
 *
 * <p>Start with {@link io.sesoperator.runtime.OperatorRuntime}.
 */
@NullMarked
package io.sesoperator.runtime;

import org.jspecify.annotations.NullMarked;
