/**
 * The decision: pure functions of values. {@link io.sesoperator.plan.Planner} turns an {@link
 * io.sesoperator.plan.Observation} into a {@link io.sesoperator.plan.Plan}; {@link
 * io.sesoperator.plan.NextStatus} folds what came of it into the next status.
 *
 * <p><b>Invariant:</b> imports only {@code java.*} and {@code api}; no I/O, no logger, no clock
 * ({@code planUsesOnlyJavaAndApi}).
 *
 * <p>Start with {@link io.sesoperator.plan.Planner}.
 */
@NullMarked
package io.sesoperator.plan;

import org.jspecify.annotations.NullMarked;
