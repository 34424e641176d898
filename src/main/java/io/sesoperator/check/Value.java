package io.sesoperator.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A value of a manifest that knows its line. It may be a password, so it has no text form. */
sealed interface Value {

  /** What a scalar is, by the rules that kubectl reads YAML by. */
  enum Kind {
    TEXT("text"),
    INTEGER("a number"),
    DECIMAL("a number with a fraction"),
    TRUTH("true or false"),
    NOTHING("null");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Where it begins, from 1. */
  int line();

  /** What it is, for a message. */
  String word();

  /** An entry of a mapping; the line is that of its name. */
  record Field(int line, Value value) {}

  /** A mapping, in the order of the file. */
  record Fields(int line, Map<String, Field> fields) implements Value {

    @Override
    public String word() {
      return "an object";
    }

    Optional<Field> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    /** The field at a path of names; absent if there is none. */
    Optional<Field> at(String first, String... rest) {
      Optional<Field> found = field(first);
      for (String name : rest) {
        found = found.flatMap(field -> field.value().asFields()).flatMap(it -> it.field(name));
      }
      return found;
    }

    /** The text at a path of names; absent if there is none, or something else. */
    Optional<String> text(String first, String... rest) {
      return at(first, rest).flatMap(field -> field.value().asText());
    }

    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }

  /** A list. */
  record Items(int line, List<Value> members) implements Value {

    @Override
    public String word() {
      return "a list";
    }

    @Override
    public String toString() {
      return "Items[hidden]";
    }
  }

  /** Anything else. */
  record Scalar(int line, Kind kind, String text) implements Value {

    @Override
    public String word() {
      return kind.word();
    }

    @Override
    public String toString() {
      return "Scalar[hidden]";
    }
  }

  default Optional<Fields> asFields() {
    return this instanceof Fields fields ? Optional.of(fields) : Optional.empty();
  }

  default Optional<String> asText() {
    return this instanceof Scalar(int _, Kind kind, String text) && kind == Kind.TEXT
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Its items; none if it is no list. */
  default Stream<Value> items() {
    return this instanceof Items(int _, List<Value> members) ? members.stream() : Stream.empty();
  }

  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }

  /** As maps, lists and boxed values; what is null is left out. */
  default Object plain() {
    return switch (this) {
      case Fields(int _, Map<String, Field> fields) -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
          if (!field.value().isNothing()) {
            plain.put(name, field.value().plain());
          }
        });
        yield plain;
      }
      case Items list ->
          list.members().stream().filter(it -> !it.isNothing()).map(Value::plain).toList();
      case Scalar scalar ->
          scalar.kind() == Kind.TRUTH ? GoScalars.isTrue(scalar.text()) : scalar.text();
    };
  }
}
