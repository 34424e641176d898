package io.sesoperator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.api.CrdSchema.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a CRD as rows of a table for people. */
record CrdReference(CrdSchema crd) {

  /** What somebody may write, with its default and all rules. */
  String spec() {
    return fields("spec")
        .map(field ->
            "| `%s` | %s | %s | %s |"
                .formatted(
                    field.path(),
                    type(field.schema()),
                    standard(field),
                    text(Stream.concat(description(field), rules(field)))))
        .collect(Collectors.joining("\n"));
  }

  /** What the operator writes. */
  String status() {
    return fields("status")
        .map(field ->
            "| `%s` | %s | %s |"
                .formatted(
                    field.path(),
                    type(field.schema()),
                    text(Stream.concat(description(field), values(field.schema()).stream()))))
        .collect(Collectors.joining("\n"));
  }

  private Stream<Field> fields(String part) {
    return crd.fields().stream()
        .filter(field -> field.path().startsWith(part + "."))
        .filter(field -> !isPlainItem(field));
  }

  /** What the row of its list says already. */
  private static boolean isPlainItem(Field field) {
    return field.path().endsWith("]") && !field.schema().has("properties")
        || field.path().endsWith("}");
  }

  private static String text(Stream<String> sentences) {
    return sentences.collect(Collectors.joining(" ")).replace("|", "\\|");
  }

  private static Stream<String> description(Field field) {
    return Stream.of(field.schema().path("description").asText());
  }

  private static Stream<String> rules(Field field) {
    return Stream.of(
            limits(field.schema()),
            field.ruleMessages().map(CrdReference::sentence),
            ofItems(field.schema()))
        .flatMap(text -> text);
  }

  private static String type(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "array" -> "list of " + plural(type(schema.path("items")));
      case "object" -> schema.has("additionalProperties") ? "map of strings" : "object";
      case "string" -> schema.path("format").asText().equals("date-time") ? "time" : "string";
      case String other -> other;
    };
  }

  private static String plural(String type) {
    return type + "s";
  }

  private String standard(Field field) {
    return Optional.ofNullable(field.schema().get("default"))
        .filter(JsonNode::isValueNode)
        .map(value -> "`" + value.asText() + "`")
        .orElse(isRequired(field) ? "**required**" : "");
  }

  private boolean isRequired(Field field) {
    int dot = field.path().lastIndexOf('.');
    String name = field.path().substring(dot + 1);
    return crd.fields().stream()
        .filter(parent -> parent.path().equals(field.path().substring(0, dot)))
        .flatMap(parent -> parent.schema().path("required").valueStream())
        .anyMatch(required -> required.asText().equals(name));
  }

  private static Stream<String> limits(JsonNode schema) {
    return Stream.of(
            values(schema),
            range(schema, "minimum", "maximum", ""),
            range(schema, "minLength", "maxLength", " characters"),
            range(schema, "minItems", "maxItems", " entries"),
            range(schema, "minProperties", "maxProperties", " entries"),
            Optional.ofNullable(schema.get("pattern")).map(it -> "Form: `" + it.asText() + "`."))
        .flatMap(Optional::stream);
  }

  private static Optional<String> values(JsonNode schema) {
    return Optional.ofNullable(schema.get("enum"))
        .map(it ->
            it.valueStream()
                .map(value -> "`" + value.asText() + "`")
                .collect(Collectors.joining(", ", "One of ", ".")));
  }

  private static Optional<String> range(JsonNode schema, String least, String most, String unit) {
    String from = schema.path(least).asText();
    String to = schema.path(most).asText();
    if (schema.has(least) && schema.has(most)) {
      return Optional.of("%s to %s%s.".formatted(from, to, unit));
    } else if (schema.has(most)) {
      return Optional.of("At most %s%s.".formatted(to, unit));
    }
    return schema.has(least) ? Optional.of("At least %s.".formatted(from)) : Optional.empty();
  }

  /** What holds for the entries of a list that have no rows of their own. */
  private static Stream<String> ofItems(JsonNode schema) {
    JsonNode items = schema.path("items");
    if (items.isMissingNode() || items.has("properties")) {
      return Stream.empty();
    }
    List<String> facts =
        Stream.concat(
                limits(items),
                items
                    .path("x-kubernetes-validations")
                    .valueStream()
                    .map(rule -> sentence(rule.path("message").asText())))
            .toList();
    return facts.isEmpty() ? Stream.empty() : Stream.of("Each: " + String.join(" ", facts));
  }

  private static String sentence(String message) {
    return "*Rule:* " + message + ".";
  }
}
