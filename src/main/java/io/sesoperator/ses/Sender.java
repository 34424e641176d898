package io.sesoperator.ses;

import java.time.Instant;
import java.util.Optional;

/**
 * A sender address as SES lists it.
 *
 * @param passwordSet whether it has ever been given an SMTP password; absent where SES does not say
 */
public record Sender(String address, Optional<Boolean> passwordSet, Optional<Instant> createdAt) {}
