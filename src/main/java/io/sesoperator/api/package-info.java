/**
 * The wire: what users write and read as YAML, and nothing else. The CRDs in {@code crds/} are the
 * source of truth; {@code CrdContractTest} holds these types equal to them in both directions.
 *
 * <p><b>Invariant:</b> no logic, no I/O, no enum that Jackson must parse: one odd object must never
 * stop an informer ({@code layersAsInTheArchitectureDocument}).
 *
 * <p>Start with {@link io.sesoperator.api.SmtpCredential}.
 */
@NullMarked
package io.sesoperator.api;

import org.jspecify.annotations.NullMarked;
