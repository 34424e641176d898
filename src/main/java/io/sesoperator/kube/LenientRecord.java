package io.sesoperator.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record component by component. A value of the wrong shape (a list where a string is
 * expected, a string where a number is, a date that is none) counts as absent, and so does an
 * element of a list or a map; an unknown field is ignored. Nothing makes it fail.
 *
 * <p>A record that does not ignore unknown properties is read as a whole or not at all: where an
 * absent part would widen the meaning, as in a label selector, the whole counts as absent.
 */
final class LenientRecord extends JsonDeserializer<Object> {

  // What RFC 3339 can write, and with it the schema. Near the ends of what Java can tell, adding a
  // minute to a time fails.
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final Class<?> type;

  LenientRecord(Class<?> type) {
    this.type = type;
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return read(type, context.readTree(parser), false).orElse(null);
  }

  /** The value, or nothing when {@code node} has not the shape of {@code type}. */
  private static Optional<Object> read(Type type, JsonNode node, boolean whole) {
    if (type instanceof ParameterizedType generic) {
      return readGeneric(generic, node, whole);
    }
    Class<?> raw = (Class<?>) type;
    return raw.isRecord() ? readRecord(raw, node, whole) : readScalar(raw, node);
  }

  private static Optional<Object> readGeneric(
      ParameterizedType type, JsonNode node, boolean whole) {
    Type[] arguments = type.getActualTypeArguments();
    Type last = arguments[arguments.length - 1];
    if (type.getRawType() == Optional.class) {
      Optional<Object> value = read(last, node, whole);
      return whole && value.isEmpty() && isThere(node) ? Optional.empty() : Optional.of(value);
    }
    if (type.getRawType() == List.class) {
      return node.isArray() ? readList(last, node, whole) : Optional.empty();
    }
    return node.isObject() ? readMap(last, node, whole) : Optional.empty();
  }

  private static Optional<Object> readList(Type type, JsonNode node, boolean whole) {
    List<Object> values = new ArrayList<>();
    node.forEach(element -> read(type, element, whole).ifPresent(values::add));
    return whole && values.size() < node.size() ? Optional.empty() : Optional.of(values);
  }

  private static Optional<Object> readMap(Type type, JsonNode node, boolean whole) {
    Map<String, Object> values = new HashMap<>();
    node.properties()
        .forEach(entry ->
            read(type, entry.getValue(), whole)
                .ifPresent(value -> values.put(entry.getKey(), value)));
    return whole && values.size() < node.size() ? Optional.empty() : Optional.of(values);
  }

  private static Optional<Object> readScalar(Class<?> type, JsonNode node) {
    if (type == String.class) {
      return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
    if (type == Instant.class) {
      return node.isTextual() ? readTime(node.textValue()) : Optional.empty();
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }
    if (type == int.class || type == Integer.class) {
      boolean fits = node.isIntegralNumber() && node.canConvertToInt();
      return fits ? Optional.of(node.intValue()) : Optional.empty();
    }
    if (type == long.class || type == Long.class) {
      boolean fits = node.isIntegralNumber() && node.canConvertToLong();
      return fits ? Optional.of(node.longValue()) : Optional.empty();
    }
    throw new IllegalArgumentException("A component of the wire types cannot be a " + type);
  }

  private static Optional<Object> readTime(String text) {
    try {
      Instant time = Instant.parse(text);
      return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Object> readRecord(Class<?> type, JsonNode node, boolean inWhole) {
    boolean whole = inWhole || isReadAsAWhole(type);
    RecordComponent[] components = type.getRecordComponents();
    if (!node.isObject() || (whole && hasUnknown(node, components))) {
      return Optional.empty();
    }
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      JsonNode value = node.path(components[i].getName());
      Optional<Object> read = read(components[i].getGenericType(), value, whole);
      if (whole && read.isEmpty() && isThere(value)) {
        return Optional.empty();
      }
      values[i] = read.orElse(absent(components[i].getType()));
    }
    return Optional.of(construct(type, components, values));
  }

  private static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static boolean isReadAsAWhole(Class<?> type) {
    JsonIgnoreProperties rule = type.getAnnotation(JsonIgnoreProperties.class);
    return rule == null || !rule.ignoreUnknown();
  }

  private static boolean hasUnknown(JsonNode node, RecordComponent[] components) {
    Set<String> known =
        Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
    return node.properties().stream().anyMatch(entry -> !known.contains(entry.getKey()));
  }

  /** What a record's constructor takes for "not there". */
  private static @Nullable Object absent(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    return type == long.class ? 0L : null;
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type, e);
    }
  }
}
