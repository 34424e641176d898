package io.sesoperator.gitops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON whose whole numbers are all of one type, as CEL and Kubernetes have them. */
final class LongNumbers {

  private LongNumbers() {}

  static Map<String, Object> in(Map<?, ?> json) {
    Map<String, Object> converted = new LinkedHashMap<>();
    json.forEach((key, value) -> converted.put(key.toString(), convert(value)));
    return converted;
  }

  private static Object convert(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case List<?> list -> list.stream().map(LongNumbers::convert).toList();
      case Map<?, ?> map -> in(map);
      case null, default -> value;
    };
  }
}
