package io.sesoperator.check;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CRDs' rules in CEL, once more in Java: what there is in libraries brings protobuf and
 * warnings of the JVM with it. {@code CelRulesTest} holds both sets of rules equal, {@code
 * CheckAgreementIT} their verdicts.
 */
final class CelRules {

  /** {@code self} is known, but not what it was before. */
  static final String IMMUTABLE = "self == oldSelf";

  private static final Pattern MATCHES =
      Pattern.compile("self\\.matches\\(r(?<quote>['\"])(?<pattern>.*)\\k<quote>\\)");
  private static final Pattern DURATION =
      Pattern.compile("(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,4})s)?");
  private static final int TEN_MINUTES = 600;

  private static final Map<String, Predicate<Value>> BY_HAND =
      Map.of(
          "self.matches('^([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,4}s)?$') && duration(self) >= duration('10m')",
          CelRules::isTenMinutesAtLeast,
          "!has(self.port) || has(self.security) || self.port in [465, 587]",
          CelRules::portTellsTheSecurity,
          "!(has(self.port) && has(self.security)) || !(self.port == 465 && self.security == 'STARTTLS' || self.port == 587 && self.security == 'TLS')",
          CelRules::portFitsTheSecurity,
          "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
          CelRules::valuesFitTheOperator,
          "has(self.namespaceSelector) || (has(self.namespaces) && size(self.namespaces) > 0)",
          CelRules::namesNamespaces);

  private CelRules() {}

  /** The rules that are written here by hand. */
  static Set<String> byHand() {
    return BY_HAND.keySet();
  }

  /** What a rule asks of a value; absent if it is not known here, or about a change. */
  static Optional<Predicate<Value>> find(String rule) {
    Matcher matches = MATCHES.matcher(rule);
    if (matches.matches()) {
      Pattern pattern = GoPatterns.compile(matches.group("pattern"));
      return Optional.of(
          value -> value.asText().filter(text -> pattern.matcher(text).find()).isPresent());
    }
    return Optional.ofNullable(BY_HAND.get(rule));
  }

  private static boolean isTenMinutesAtLeast(Value self) {
    Matcher parts = DURATION.matcher(self.asText().orElse(""));
    return parts.matches()
        && 3600 * part(parts, 1) + 60 * part(parts, 2) + part(parts, 3) >= TEN_MINUTES;
  }

  private static int part(Matcher parts, int group) {
    return Optional.ofNullable(parts.group(group)).map(Integer::parseInt).orElse(0);
  }

  private static boolean portTellsTheSecurity(Value self) {
    return !has(self, "port") || has(self, "security") || isPort(self, 465) || isPort(self, 587);
  }

  private static boolean portFitsTheSecurity(Value self) {
    return !(isPort(self, 465) && isText(self, "security", "STARTTLS"))
        && !(isPort(self, 587) && isText(self, "security", "TLS"));
  }

  private static boolean valuesFitTheOperator(Value self) {
    boolean takesValues = isText(self, "operator", "In") || isText(self, "operator", "NotIn");
    return takesValues == hasItems(self, "values");
  }

  private static boolean namesNamespaces(Value self) {
    return has(self, "namespaceSelector") || hasItems(self, "namespaces");
  }

  private static boolean has(Value self, String name) {
    return field(self, name).isPresent();
  }

  private static boolean hasItems(Value self, String name) {
    return field(self, name).stream().flatMap(Value::items).findAny().isPresent();
  }

  private static boolean isText(Value self, String name, String text) {
    return field(self, name).flatMap(Value::asText).filter(text::equals).isPresent();
  }

  private static boolean isPort(Value self, int port) {
    return field(self, "port").stream()
        .filter(Value.Scalar.class::isInstance)
        .flatMap(value -> GoScalars.integer(((Value.Scalar) value).text()).stream())
        .anyMatch(BigInteger.valueOf(port)::equals);
  }

  private static Optional<Value> field(Value self, String name) {
    return self.asFields()
        .flatMap(fields -> fields.field(name))
        .map(Value.Field::value)
        .filter(value -> !value.isNothing());
  }
}
