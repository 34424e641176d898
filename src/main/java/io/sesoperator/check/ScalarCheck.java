package io.sesoperator.check;

import io.sesoperator.check.Value.Fields;
import io.sesoperator.check.Value.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a schema says of one text, number or truth whose type is right. */
final class ScalarCheck {

  private final String path;
  private final Place place;
  private final List<Finding> findings = new ArrayList<>();

  ScalarCheck(String path, Place place) {
    this.path = path;
    this.place = place;
  }

  List<Finding> check(Scalar scalar, Fields schema) {
    checkEnum(scalar, schema);
    switch (scalar.kind()) {
      case TEXT -> checkText(scalar.text(), schema);
      case INTEGER -> checkRange(GoScalars.integer(scalar.text()).orElse(BigInteger.ZERO), schema);
      case DECIMAL, TRUTH, NOTHING -> {}
    }
    return List.copyOf(findings);
  }

  private void checkEnum(Scalar scalar, Fields schema) {
    List<String> allowed =
        schema.field("enum").stream()
            .flatMap(values -> values.value().items())
            .flatMap(value -> value.asText().stream())
            .toList();
    if (!allowed.isEmpty() && !allowed.contains(scalar.text())) {
      add(
          Rule.ENUM,
          "is none of "
              + allowed.stream().collect(Collectors.joining(", "))
              + "; write one of them");
    }
  }

  private void checkText(String text, Fields schema) {
    int length = text.codePointCount(0, text.length());
    int least = SchemaCheck.limit(schema, "minLength").orElse(0);
    int most = SchemaCheck.limit(schema, "maxLength").orElse(Integer.MAX_VALUE);
    if (length < least) {
      add(Rule.LENGTH, "needs at least " + least + " characters; lengthen it");
    } else if (length > most) {
      add(Rule.LENGTH, "takes at most " + most + " characters; shorten it");
    } else {
      checkPattern(text, schema);
    }
  }

  private void checkPattern(String text, Fields schema) {
    schema
        .text("pattern")
        .filter(pattern -> !GoPatterns.compile(pattern).matcher(text).find())
        .ifPresent(pattern -> add(Rule.PATTERN, "must match " + pattern + "; change it"));
  }

  private void checkRange(BigInteger number, Fields schema) {
    Optional<BigInteger> least = SchemaCheck.limit(schema, "minimum").map(BigInteger::valueOf);
    Optional<BigInteger> most = SchemaCheck.limit(schema, "maximum").map(BigInteger::valueOf);
    if (least.filter(it -> number.compareTo(it) < 0).isPresent()
        || most.filter(it -> number.compareTo(it) > 0).isPresent()) {
      add(
          Rule.RANGE,
          "must be from %s to %s; change it"
              .formatted(
                  least.map(String::valueOf).orElse("any"),
                  most.map(String::valueOf).orElse("any")));
    }
  }

  private void add(Rule rule, String message) {
    findings.add(Finding.of(place, rule, path + " " + message));
  }
}
