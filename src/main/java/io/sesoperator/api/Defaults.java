package io.sesoperator.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills in what a JSON object leaves out, so that no null leaves this package. */
final class Defaults {

  private Defaults() {}

  static String text(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  static <T> T value(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value.stream().filter(Objects::nonNull).toList();
  }
}
