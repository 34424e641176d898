package io.sesoperator.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Makes inputs that keep their structure while a fuzzer works on them: each line changes a document
 * that is sound to begin with.
 *
 * <p>A line is a path and a value, as in {@code status.failures 3} or {@code steps.0 {"after": 5}};
 * what isn't JSON is a text, and a path alone takes away what is there. A line whose path leads
 * nowhere says nothing.
 */
public final class EditedJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EditedJson() {}

  /** The document {@code sound} after all edits. */
  public static JsonNode of(String sound, byte[] edits) {
    JsonNode document = read(sound).orElseThrow();
    new String(edits, UTF_8).lines().forEach(line -> edit(document, line));
    return document;
  }

  private static void edit(JsonNode document, String line) {
    int space = line.indexOf(' ');
    String path = space < 0 ? line : line.substring(0, space);
    List<String> names = List.of(path.split("\\.", -1));
    JsonNode parent = document;
    for (String name : names.subList(0, names.size() - 1)) {
      parent = child(parent, name);
    }
    if (space < 0) {
      remove(parent, names.getLast());
    } else {
      set(parent, names.getLast(), value(line.substring(space + 1)));
    }
  }

  private static JsonNode child(JsonNode parent, String name) {
    return parent.isArray() ? parent.path(index(name)) : parent.path(name);
  }

  private static void set(JsonNode parent, String name, JsonNode value) {
    switch (parent) {
      case ObjectNode object -> object.set(name, value);
      case ArrayNode array when index(name) < array.size() -> array.set(index(name), value);
      case ArrayNode array -> array.add(value);
      default -> {}
    }
  }

  private static void remove(JsonNode parent, String name) {
    switch (parent) {
      case ObjectNode object -> object.remove(name);
      case ArrayNode array -> array.remove(index(name));
      default -> {}
    }
  }

  private static int index(String name) {
    return name.matches("\\d") ? Integer.parseInt(name) : 0;
  }

  private static JsonNode value(String text) {
    return read(text).orElseGet(() -> JSON.getNodeFactory().textNode(text));
  }

  private static Optional<JsonNode> read(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
