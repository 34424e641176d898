/**
 * What can be told of manifests without a cluster: whether the API server would take them, and
 * whether they fit together. Files in, {@link io.sesoperator.check.Finding}s out.
 *
 * <p><b>Invariant:</b> no finding holds anything of a Secret's value, or of a line that could be
 * part of one; an entry of a Secret is reduced to the rules it breaks as soon as it is seen, and
 * nothing here prints ({@code noLoggerWherePasswordsAre}).
 *
 * <p>Start with {@link io.sesoperator.check.ManifestCheck}.
 */
@NullMarked
package io.sesoperator.check;

import org.jspecify.annotations.NullMarked;
