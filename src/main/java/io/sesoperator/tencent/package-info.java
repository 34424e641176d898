/**
 * Any API 3.0 of Tencent Cloud: credentials, signature, one HTTP exchange. It knows no product.
 *
 * <p><b>Invariant:</b> a call is made once or not at all; whatever goes wrong is a value, not an
 * exception, and holds no text of the provider, no credential and no request body ({@code
 * noLoggerWherePasswordsAre}).
 *
 * <p>Start with {@link io.sesoperator.tencent.Tc3Client}.
 */
@NullMarked
package io.sesoperator.tencent;

import org.jspecify.annotations.NullMarked;
