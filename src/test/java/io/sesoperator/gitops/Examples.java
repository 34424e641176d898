package io.sesoperator.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The YAML in {@code examples/}, as plain maps. */
final class Examples {

  static final Path DIRECTORY = Path.of("examples");

  private Examples() {}

  /** The documents of one file. */
  static List<Map<String, Object>> read(Path file) {
    try {
      Iterable<Object> documents =
          new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file));
      return StreamSupport.stream(documents.spliterator(), false).map(Examples::map).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** YAML that stands as text in other YAML. */
  static Map<String, Object> parse(Object yaml) {
    return map(new Load(LoadSettings.builder().build()).loadFromString(yaml.toString()));
  }

  /** All YAML files below a directory of the examples. */
  static List<Path> files(String directory) {
    try (Stream<Path> files = Files.walk(DIRECTORY.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> map(Object value) {
    return KstatusPort.map(value);
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object list) {
    return (List<Map<String, Object>>) list;
  }
}
