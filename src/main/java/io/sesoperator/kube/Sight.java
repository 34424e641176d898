package io.sesoperator.kube;

import java.util.Optional;
import java.util.stream.Stream;

/** What came of a look at the cluster: what is there, or which right is missing to see it. */
public sealed interface Sight<T> {

  /** It was seen. */
  record Seen<T>(T value) implements Sight<T> {}

  /** The API server did not show it. */
  record Hidden<T>(Right right) implements Sight<T> {}

  /** What was seen. */
  default Optional<T> seen() {
    return switch (this) {
      case Seen<T>(T value) -> Optional.of(value);
      case Hidden<T> _ -> Optional.empty();
    };
  }

  /** The right that is missing, if one is. */
  default Stream<Right> missing() {
    return switch (this) {
      case Seen<T> _ -> Stream.empty();
      case Hidden<T>(Right right) -> Stream.of(right);
    };
  }
}
