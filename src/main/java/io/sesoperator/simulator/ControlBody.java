package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The JSON body of a control request. Its errors name fields and never quote what was sent. */
final class ControlBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode fields;

  private ControlBody(JsonNode fields) {
    this.fields = fields;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it isn't a JSON object
   */
  static ControlBody of(WireRequest request) {
    JsonNode fields;
    try {
      fields = JSON.readTree(request.body());
    } catch (IOException _) {
      throw new IllegalArgumentException("The body is not JSON");
    }
    if (!fields.isObject()) {
      throw new IllegalArgumentException("The body is not a JSON object");
    }
    return new ControlBody(fields);
  }

  /** A text that must be there. */
  String text(String name) {
    JsonNode value = fields.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + name + "\" must be a string");
    }
    return value.textValue();
  }

  String text(String name, String absent) {
    return fields.has(name) ? text(name) : absent;
  }

  int number(String name, int absent) {
    if (fields.has(name) && !fields.path(name).isInt()) {
      throw new IllegalArgumentException("\"" + name + "\" must be a whole number");
    }
    return fields.path(name).asInt(absent);
  }

  /** Absent means false. */
  boolean flag(String name) {
    if (fields.has(name) && !fields.path(name).isBoolean()) {
      throw new IllegalArgumentException("\"" + name + "\" must be true or false");
    }
    return fields.path(name).asBoolean(false);
  }
}
