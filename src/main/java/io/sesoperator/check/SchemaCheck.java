package io.sesoperator.check;

import io.sesoperator.check.Value.Field;
import io.sesoperator.check.Value.Fields;
import io.sesoperator.check.Value.Items;
import io.sesoperator.check.Value.Kind;
import io.sesoperator.check.Value.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a value against a structural schema as the API server does with strict validation. What it
 * finds names fields and what the schema allows, never what is written.
 */
final class SchemaCheck {

  private final Place place;
  private final List<Finding> findings = new ArrayList<>();

  SchemaCheck(Place place) {
    this.place = place;
  }

  /** What is wrong with the value of the field at {@code path}. */
  List<Finding> check(String path, Field field, Fields schema) {
    checkField(path, field, schema);
    return List.copyOf(findings);
  }

  private void checkField(String path, Field field, Fields schema) {
    Value value = field.value();
    if (value.isNothing() && schema.field("default").isPresent()) {
      return;
    }
    int before = findings.size();
    String type = schema.text("type").orElse("object");
    switch (value) {
      case Fields fields when type.equals("object") -> checkObject(path, field, fields, schema);
      case Items list when type.equals("array") -> checkList(path, field, list, schema);
      case Scalar scalar when isOf(type, scalar) ->
          findings.addAll(new ScalarCheck(path, place.onLine(field.line())).check(scalar, schema));
      default ->
          add(
              field,
              Rule.TYPE,
              "%s must be %s, but is %s".formatted(path, article(type), advice(type, value)));
    }
    if (findings.size() == before) {
      checkRules(path, field, schema);
    }
  }

  private static boolean isOf(String type, Scalar scalar) {
    return switch (scalar.kind()) {
      case TEXT -> type.equals("string");
      case TRUTH -> type.equals("boolean");
      case INTEGER -> type.equals("integer");
      case DECIMAL, NOTHING -> false;
    };
  }

  private static String article(String type) {
    return switch (type) {
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      default -> "an object";
    };
  }

  private static String advice(String type, Value value) {
    return switch (type) {
      case "string" -> value.word() + (value instanceof Scalar ? "; put it in quotes" : "");
      case "integer", "boolean" ->
          value.word() + (value.asText().isPresent() ? "; write one, without quotes" : "");
      default -> value.word();
    };
  }

  private void checkObject(String path, Field field, Fields fields, Fields schema) {
    Map<String, Field> known =
        schema
            .at("properties")
            .flatMap(it -> it.value().asFields())
            .map(Fields::fields)
            .orElse(Map.of());
    Optional<Fields> additional =
        schema.field("additionalProperties").flatMap(it -> it.value().asFields());
    required(schema)
        .filter(name -> fields.field(name).isEmpty())
        .forEach(name -> add(field, Rule.REQUIRED, path + "." + name + " is required; add it"));
    fields
        .fields()
        .forEach((name, part) -> {
          Optional<Fields> ofPart =
              Optional.ofNullable(known.get(name))
                  .flatMap(it -> it.value().asFields())
                  .or(() -> additional);
          ofPart.ifPresentOrElse(
              it -> checkField(path + "." + (known.containsKey(name) ? name : "*"), part, it),
              () -> add(part, Rule.UNKNOWN_FIELD, unknown(path, name, known.keySet())));
        });
    checkCount(path, field, fields.fields().size(), schema);
  }

  private static Stream<String> required(Fields schema) {
    return schema.field("required").stream()
        .flatMap(names -> names.value().items())
        .flatMap(name -> name.asText().stream());
  }

  // What is no word could be a value in the wrong place, a password even: each has digits.
  private static String unknown(String path, String name, Set<String> known) {
    String which = name.matches("[A-Za-z]{1,40}") ? path + "." + name : "this field of " + path;
    return "%s is unknown; the fields are %s"
        .formatted(which, known.stream().sorted().collect(Collectors.joining(", ")));
  }

  private void checkList(String path, Field field, Items list, Fields schema) {
    Optional<Fields> ofItems = schema.field("items").flatMap(it -> it.value().asFields());
    for (int i = 0; i < list.members().size(); i++) {
      Value item = list.members().get(i);
      String itemPath = path + "[" + i + "]";
      ofItems.ifPresent(it -> checkField(itemPath, new Field(item.line(), item), it));
    }
    checkCount(path, field, list.members().size(), schema);
    if (schema.text("x-kubernetes-list-type").filter("set"::equals).isPresent()) {
      checkSet(path, list);
    }
  }

  private void checkSet(String path, Items list) {
    Set<Object> seen = new HashSet<>();
    list.items()
        .filter(item -> !seen.add(item.plain()))
        .forEach(item ->
            add(
                new Field(item.line(), item),
                Rule.DUPLICATE_ITEM,
                path + " holds this item before; remove one"));
  }

  private void checkCount(String path, Field field, int count, Fields schema) {
    int least = limit(schema, "minItems").orElse(0);
    int most =
        limit(schema, "maxItems")
            .or(() -> limit(schema, "maxProperties"))
            .orElse(Integer.MAX_VALUE);
    if (count < least) {
      add(field, Rule.ITEMS, path + " needs at least " + least + "; add what is missing");
    }
    if (count > most) {
      add(field, Rule.ITEMS, path + " takes at most " + most + "; remove what is too many");
    }
  }

  private void checkRules(String path, Field field, Fields schema) {
    schema.field("x-kubernetes-validations").stream()
        .flatMap(rules -> rules.value().items())
        .flatMap(rule -> rule.asFields().stream())
        .filter(rule -> isBroken(rule, field.value()))
        .forEach(rule -> {
          String where = path + rule.text("fieldPath").orElse("");
          findings.add(
              new Finding(
                  place.file(),
                  lineOf(field, rule.text("fieldPath").orElse("")),
                  Rule.CEL.severity(),
                  rule.text("message").orElse("") + "; change " + where,
                  Rule.CEL.id() + ":" + where.replaceAll("\\[\\d+]", "[]")));
        });
  }

  private static boolean isBroken(Fields rule, Value self) {
    return rule.text("rule")
        .flatMap(CelRules::find)
        .filter(predicate -> !predicate.test(self))
        .isPresent();
  }

  private static int lineOf(Field field, String fieldPath) {
    return field
        .value()
        .asFields()
        .flatMap(fields -> fields.field(fieldPath.replaceFirst("^\\.", "")))
        .map(Field::line)
        .orElse(field.line());
  }

  static Optional<Integer> limit(Fields schema, String name) {
    return schema
        .field(name)
        .map(Field::value)
        .filter(value -> value instanceof Scalar scalar && scalar.kind() == Kind.INTEGER)
        .flatMap(value -> GoScalars.integer(((Scalar) value).text()))
        .map(BigInteger::intValueExact);
  }

  private void add(Field field, Rule rule, String message) {
    findings.add(Finding.of(place.onLine(field.line()), rule, message));
  }
}
