package io.sesoperator.plan;

import java.util.List;
import java.util.Optional;

/**
 * All that may be known of a password outside of the package {@code password}: enough to tell
 * whether it changed and whether SES would take it, never the value nor its length.
 *
 * @param digest keyed digest of the value and of where it stands, as {@code <key id>:<hex>}
 * @param brokenRules the rules it breaks, as phrases for a message; empty if it may be pushed
 * @param withoutTrailingNewline the same facts without one line ending at the end; absent if there
 *     is none
 */
public record PasswordFacts(
    String digest, List<String> brokenRules, Optional<PasswordFacts> withoutTrailingNewline) {
  public PasswordFacts {
    brokenRules = List.copyOf(brokenRules);
  }
}
