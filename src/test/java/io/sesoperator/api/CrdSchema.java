package io.sesoperator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sesoperator.testing.CustomResourceDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The schema of one CRD, as the flat list of its fields.
 *
 * @param kind the kind that it describes
 * @param definition the whole CRD
 */
record CrdSchema(String kind, JsonNode definition) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /**
   * One field.
   *
   * @param path such as {@code spec.allowedConsumers[].addresses[]}
   */
  record Field(String path, JsonNode schema) {

    Stream<String> ruleMessages() {
      return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
          .map(rule -> rule.path("message").asText());
    }
  }

  static List<CrdSchema> all() {
    return CustomResourceDefinitions.files().stream().map(CrdSchema::read).toList();
  }

  static List<JsonNode> readYaml(Path file) {
    try {
      return YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CrdSchema read(Path file) {
    JsonNode definition = readYaml(file).getFirst();
    return new CrdSchema(definition.at("/spec/names/kind").asText(), definition);
  }

  JsonNode version() {
    return definition.at("/spec/versions/0");
  }

  /** Every field below {@code spec} and {@code status}, and these two. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    JsonNode root = version().at("/schema/openAPIV3Schema/properties");
    collect("spec", root.path("spec"), fields);
    collect("status", root.path("status"), fields);
    return fields;
  }

  private static void collect(String path, JsonNode schema, List<Field> fields) {
    fields.add(new Field(path, schema));
    schema
        .path("properties")
        .properties()
        .forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), fields));
    if (schema.has("items")) {
      collect(path + "[]", schema.path("items"), fields);
    }
    if (schema.has("additionalProperties")) {
      collect(path + "{}", schema.path("additionalProperties"), fields);
    }
  }
}
