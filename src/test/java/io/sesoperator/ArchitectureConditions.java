package io.sesoperator;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the rules of {@link ArchitectureTest} ask of a class, where ArchUnit has no words for it.
 */
final class ArchitectureConditions {

  private static final String CANARY = "canary-7f3a";
  private static final Set<String> CARRIERS =
      Set.of("java.lang.String", "[B", "[C", "java.nio.ByteBuffer");

  private ArchitectureConditions() {}

  static ArchCondition<JavaClass> haveOneImplementation() {
    return condition("have one implementation", type -> implementations(type) == 1);
  }

  static ArchCondition<JavaClass> holdAPassword() {
    return condition(
        "hold a password",
        record ->
            components(record)
                .anyMatch(component ->
                    component.getRawType().getFullName().equals("io.sesoperator.password.Password")
                        || (component.getName().matches("(?i).*(password|plaintext).*")
                            && CARRIERS.contains(component.getRawType().getFullName()))));
  }

  static ArchCondition<JavaClass> printASecretKey() {
    return condition(
        "print a secret key",
        record ->
            components(record).anyMatch(component -> component.getName().equals("secretKey"))
                && printed(record.reflect()).contains(CANARY));
  }

  private static long implementations(JavaClass type) {
    return type.getAllSubclasses().stream().filter(sub -> !sub.isInterface()).count();
  }

  private static Stream<JavaField> components(JavaClass record) {
    return record.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC));
  }

  /** What the record says of itself when its key and its token are the canary. */
  private static String printed(Class<?> record) {
    try {
      RecordComponent[] components = record.getRecordComponents();
      Class<?>[] types =
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor
          .newInstance(Stream.of(components).map(ArchitectureConditions::filled).toArray())
          .toString();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("Cannot tell what " + record + " prints", e);
    }
  }

  private static Object filled(RecordComponent component) {
    boolean secret = component.getName().matches("secretKey|token");
    return component.getType().equals(Optional.class)
        ? Optional.of(CANARY)
        : secret ? CANARY : "shown";
  }

  private static ArchCondition<JavaClass> condition(String text, Predicate<JavaClass> holds) {
    return new ArchCondition<>(text) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(type, holds.test(type), type.getFullName() + " " + text));
      }
    };
  }
}
