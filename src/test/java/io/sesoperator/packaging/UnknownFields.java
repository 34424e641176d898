package io.sesoperator.packaging;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds what a manifest says that its type does not know, which an API server would refuse. */
final class UnknownFields {

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /**
   * Their names, each with the type that lacks it. Kinds that fabric8 has no type for have none.
   */
  static List<String> of(HasMetadata object) {
    UnknownFields fields = new UnknownFields();
    if (!(object instanceof GenericKubernetesResource)) {
      fields.visit(object);
    }
    return fields.found;
  }

  private void visit(Object value) {
    switch (value) {
      case null -> {}
      case Collection<?> all -> all.forEach(this::visit);
      case Map<?, ?> map -> map.values().forEach(this::visit);
      default -> visitModel(value);
    }
  }

  private void visitModel(Object model) {
    if (!model.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")
        || model.getClass().isEnum()) {
      return;
    }
    Stream.of(model.getClass().getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> method.getName().startsWith("get"))
        .filter(method -> !method.getName().equals("getClass"))
        .forEach(method -> visit(model, method));
  }

  private void visit(Object model, Method getter) {
    Object value = call(getter, model);
    if (isRest(getter)) {
      ((Map<?, ?>) Objects.requireNonNullElse(value, Map.of()))
          .keySet()
          .forEach(name -> found.add(model.getClass().getSimpleName() + "." + name));
    } else {
      visit(value);
    }
  }

  /** Where fabric8 keeps what a type has no field for; JSON schemas have a field of that name. */
  private static boolean isRest(Method getter) {
    return getter.getName().equals("getAdditionalProperties")
        && getter.getReturnType().equals(Map.class);
  }

  private static Object call(Method method, Object model) {
    try {
      return method.invoke(model);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
