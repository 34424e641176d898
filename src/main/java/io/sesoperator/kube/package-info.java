/**
 * The Kubernetes API: reading, writing and the JSON between.
 *
 * <p><b>Invariant:</b> no logger: what happens is told by results and exceptions, because Secrets
 * pass through here ({@code noLoggerWherePasswordsAre}).
 *
 * <p>Start with {@link io.sesoperator.kube.KubernetesJson}.
 */
@NullMarked
package io.sesoperator.kube;

import org.jspecify.annotations.NullMarked;
