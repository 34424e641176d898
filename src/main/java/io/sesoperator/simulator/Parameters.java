package io.sesoperator.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** An action's own parameters: of the right type, and none that the action doesn't know. */
final class Parameters {

  /** One parameter of an action. */
  record Field(String name, Type type, boolean required, int longest) {

    /** A text. */
    Field(String name, boolean required, int longest) {
      this(name, Type.STRING, required, longest);
    }

    /** A whole number that may be left out. */
    static Field number(String name) {
      return new Field(name, Type.INT, false, 20);
    }
  }

  /** What a parameter may be. */
  enum Type {
    STRING,
    INT;

    boolean fits(JsonNode value) {
      return switch (this) {
        case STRING -> value.isTextual();
        case INT -> value.canConvertToInt() && value.isIntegralNumber();
      };
    }

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode values;

  private Parameters(JsonNode values) {
    this.values = values;
  }

  /** Reads and checks them in the server's order: presence, type, unknown names, length. */
  static Parameters read(WireRequest request, List<Field> fields) throws Refusal {
    JsonNode values = request.method().equals("GET") ? fromQuery(request) : fromBody(request);
    for (Field field : fields) {
      presenceAndType(values.path(field.name()), field);
    }
    List<String> known = fields.stream().map(Field::name).toList();
    for (String name : (Iterable<String>) values::fieldNames) {
      if (!known.contains(name)) {
        throw Refusal.unknownParameter(name);
      }
    }
    for (Field field : fields) {
      if (values.path(field.name()).asText("").length() > field.longest()) {
        throw Refusal.invalidValue(field.name());
      }
    }
    return new Parameters(values);
  }

  /** The value, empty if absent. */
  String text(String name) {
    return values.path(name).asText("");
  }

  int number(String name, int absent) {
    return values.path(name).asInt(absent);
  }

  private static void presenceAndType(JsonNode value, Field field) throws Refusal {
    boolean absent = value.isMissingNode() || value.isNull();
    if (absent && field.required()) {
      throw Refusal.missing(field.name());
    }
    if (!absent && !field.type().fits(value)) {
      throw Refusal.wrongType(field.name(), field.type().wire());
    }
  }

  private static JsonNode fromQuery(WireRequest request) throws Refusal {
    requireContentType(request, "application/x-www-form-urlencoded");
    try {
      ObjectNode values = JSON.createObjectNode();
      request.queryParameters().forEach(values::put);
      return values;
    } catch (IllegalArgumentException _) {
      throw Refusal.invalidQuery();
    }
  }

  private static JsonNode fromBody(WireRequest request) throws Refusal {
    requireContentType(request, "application/json");
    try {
      JsonNode values = JSON.readTree(request.body());
      if (!values.isObject()) {
        throw Refusal.invalidBody();
      }
      return values;
    } catch (IOException _) {
      throw Refusal.invalidBody();
    }
  }

  private static void requireContentType(WireRequest request, String type) throws Refusal {
    String sent = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!sent.equals(type) && !sent.startsWith(type + ";")) {
      throw Refusal.contentType();
    }
  }
}
