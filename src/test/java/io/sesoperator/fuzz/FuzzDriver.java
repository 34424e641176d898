package io.sesoperator.fuzz;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What Jazzer calls: hands each input to the target that its first argument names. */
public final class FuzzDriver {

  private static final AtomicReference<Target> TARGET = new AtomicReference<>();

  private FuzzDriver() {}

  private record Target(Object instance, Method method) {

    static Target of(Class<?> type) throws ReflectiveOperationException {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method method =
          Stream.of(type.getDeclaredMethods())
              .filter(candidate -> candidate.isAnnotationPresent(FuzzTarget.class))
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      return new Target(constructor.newInstance(), method);
    }
  }

  /**
   * Called once, before the first input. The seeds are played to load and instrument the classes,
   * so that this does not count as the time of an input; what they find shows when they are played
   * again.
   *
   * @param arguments the name of a {@code *FuzzTest} class
   */
  public static void fuzzerInitialize(String[] arguments)
      throws IOException, ReflectiveOperationException {
    Class<?> type = Class.forName(arguments[0]);
    TARGET.set(Target.of(type));
    for (Path seed : Seeds.of(type)) {
      try {
        fuzzerTestOneInput(Seeds.bytes(seed));
      } catch (Throwable _) {
        // see above
      }
    }
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    Target target = TARGET.get();
    try {
      target.method().invoke(target.instance(), (Object) input);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
