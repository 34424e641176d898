package io.sesoperator.fuzz;

import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The committed inputs of a target, which the fuzzer starts from; by name. */
final class Seeds implements ArgumentsProvider {

  private static final Path DIRECTORY = Path.of("src", "test", "resources", "fuzz");

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext target) throws IOException {
    return of(target.getRequiredTestClass()).stream()
        .map(seed -> arguments(named(seed.getFileName().toString(), bytes(seed))));
  }

  /** The seeds of the target in this class. */
  static List<Path> of(Class<?> target) throws IOException {
    String name = target.getSimpleName().replaceFirst("FuzzTest$", "");
    try (Stream<Path> files = Files.list(DIRECTORY.resolve(name))) {
      return files.sorted().toList();
    }
  }

  static byte[] bytes(Path seed) {
    try {
      return Files.readAllBytes(seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
