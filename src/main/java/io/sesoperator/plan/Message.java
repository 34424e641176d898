package io.sesoperator.plan;

import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.SecretFacts;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of a {@link Reason}'s text. The same facts give the same message, so an
 * unchanged situation writes no status.
 */
final class Message {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private Message() {}

  /** The message about a credential. */
  static String of(Reason reason, Observation seen, Optional<LastCall> lastCall) {
    return fill(
        reason,
        Map.of(
            "address", seen.spec().emailAddress(),
            "account", seen.spec().accountRef().name(),
            "trouble", trouble(seen.account()),
            "secret", seen.spec().passwordSecretRef().name(),
            "key", seen.spec().passwordSecretRef().key(),
            "rules", brokenRules(seen.secret()),
            "owner", seen.olderClaim().map(owner -> ", " + owner).orElse(""),
            "call", lastCall.map(Message::call).orElse("")));
  }

  /** The message about an account. */
  static String of(Reason reason, String account, Optional<LastCall> lastCall) {
    return fill(reason, Map.of("account", account, "call", lastCall.map(Message::call).orElse("")));
  }

  private static String fill(Reason reason, Map<String, String> facts) {
    return PLACEHOLDER
        .matcher(reason.text())
        .replaceAll(match -> Matcher.quoteReplacement(facts.getOrDefault(match.group(1), "")));
  }

  private static String trouble(AccountFacts account) {
    return account instanceof AccountFacts.Known(_, Access.Refused(Optional<Reason> why))
        ? why.map(reason -> " (" + reason.wire() + ")").orElse(" yet")
        : "";
  }

  private static String brokenRules(SecretFacts secret) {
    return switch (secret) {
      case SecretFacts.Missing _, SecretFacts.KeyMissing _ -> "";
      case SecretFacts.Found found -> String.join("; ", found.password().brokenRules());
    };
  }

  private static String call(LastCall call) {
    String code = call.errorCode().orElse("");
    String request = call.requestId().map(id -> ", RequestId " + id).orElse("");
    return code.isEmpty() ? "" : " (" + code + request + ")";
  }
}
