package io.sesoperator.check;

import io.sesoperator.check.Document.Content;
import io.sesoperator.check.Value.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CRDs that this program was built with, by kind. */
final class Crds {

  private static final List<String> FILES =
      List.of(
          "/crds/sesaccounts.ses-operator.io.yaml", "/crds/smtpcredentials.ses-operator.io.yaml");

  private final Map<String, Fields> schemas;

  private Crds(Map<String, Fields> schemas) {
    this.schemas = schemas;
  }

  static Crds load() {
    return new Crds(
        FILES.stream()
            .map(Crds::read)
            .collect(Collectors.toMap(crd -> text(crd, "spec", "names", "kind"), Crds::schema)));
  }

  /** The schema of our kinds; absent for others. */
  Optional<Fields> schema(String kind) {
    return Optional.ofNullable(schemas.get(kind));
  }

  /** All rules in CEL. */
  Stream<String> rules() {
    return schemas.values().stream().flatMap(Crds::rules);
  }

  private static Stream<String> rules(Value value) {
    return switch (value) {
      case Fields fields ->
          Stream.concat(
              fields.at("x-kubernetes-validations").stream()
                  .flatMap(rules -> rules.value().items())
                  .flatMap(rule -> rule.asFields().stream())
                  .map(rule -> text(rule, "rule")),
              fields.fields().values().stream().flatMap(field -> rules(field.value())));
      case Value.Items list -> list.items().flatMap(Crds::rules);
      case Value.Scalar _ -> Stream.empty();
    };
  }

  private static Fields schema(Fields crd) {
    return crd.at("spec", "versions")
        .flatMap(versions -> versions.value().items().findFirst())
        .flatMap(Value::asFields)
        .flatMap(version -> version.at("schema", "openAPIV3Schema"))
        .flatMap(field -> field.value().asFields())
        .orElseThrow();
  }

  private static String text(Fields fields, String first, String... rest) {
    return fields.text(first, rest).orElseThrow();
  }

  private static Fields read(String resource) {
    return Optional.of(YamlReader.read(content(resource)).getFirst())
        .filter(Content.class::isInstance)
        .map(Content.class::cast)
        .map(Content::value)
        .flatMap(Value::asFields)
        .orElseThrow();
  }

  private static String content(String resource) {
    try (InputStream stream = Crds.class.getResourceAsStream(resource)) {
      return new String(
          Optional.ofNullable(stream).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
