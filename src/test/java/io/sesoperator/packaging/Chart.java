package io.sesoperator.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our chart, rendered by the real Helm. */
final class Chart {

  static final Path DIRECTORY = Path.of("helm", "ses-operator");
  static final String RELEASE = "mail";
  static final String NAMESPACE = "ops";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // else a native library that is missing is downloaded
    System.setProperty("com.marcnuri.jkube-helm.skipRemoteJar", "true");
  }

  private Chart() {}

  static Helm helm() {
    return new Helm(DIRECTORY.toAbsolutePath());
  }

  /**
   * The text of all objects with these values, each a line of YAML.
   *
   * @throws IllegalStateException if Helm refuses them, with its message
   */
  static String text(String... values) {
    Path file = valuesFile(values);
    try {
      return template().withValuesFile(file).call();
    } finally {
      delete(file);
    }
  }

  private static TemplateCommand template() {
    return helm().template().withName(RELEASE).withNamespace(NAMESPACE).withKubeVersion("1.36.0");
  }

  private static Path valuesFile(String... values) {
    try {
      return Files.writeString(
          Files.createTempFile("values", ".yaml"), String.join("\n", values) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T extends HasMetadata> T parse(String document, Class<T> type) {
    return YAML.unmarshal(document, type);
  }

  static List<HasMetadata> objects(String... values) {
    return documents(text(values)).map(YAML::<HasMetadata>unmarshal).toList();
  }

  /** The only object of this type that is rendered. */
  static <T extends HasMetadata> T only(Class<T> type, String... values) {
    List<T> found = all(type, values);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of type " + type.getSimpleName());
    }
    return found.getFirst();
  }

  static <T extends HasMetadata> List<T> all(Class<T> type, String... values) {
    return objects(values).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The documents of a stream that hold something. */
  static Stream<String> documents(String stream) {
    return Stream.of(stream.split("(?m)^---.*$"))
        .filter(document ->
            document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")));
  }

  static JsonNode schema() {
    try {
      return JSON.readTree(DIRECTORY.resolve("values.schema.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
