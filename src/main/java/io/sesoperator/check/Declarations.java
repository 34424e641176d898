package io.sesoperator.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.check.Value.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that the files declare, as far as it is well formed. */
final class Declarations {

  /** One that the API server would take. */
  record Credential(Manifest manifest, SmtpCredentialSpec spec) {

    String namespace() {
      return manifest.namespace();
    }

    Place place(String... path) {
      return manifest.placeOf(path);
    }
  }

  /** One that the API server would take. */
  record Account(Manifest manifest, SesAccountSpec spec) {}

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private final List<Manifest> sound;
  private final List<Manifest> all;
  private final List<DeclaredSecret> secrets;

  /**
   * Sorts manifests.
   *
   * @param sound those in which no error was found
   */
  Declarations(List<Manifest> all, List<Manifest> sound, SecretEntries entries) {
    this.all = all;
    this.sound = sound;
    this.secrets = all.stream().flatMap(it -> entries.declaredBy(it).stream()).toList();
  }

  List<Credential> credentials() {
    return soundOf(ResourceCheck.CREDENTIAL)
        .map(it -> new Credential(it, spec(it, SmtpCredentialSpec.class)))
        .toList();
  }

  /** The account of that name; absent if there is none that is sound. */
  Optional<Account> account(String name) {
    return soundOf(ResourceCheck.ACCOUNT)
        .filter(it -> it.name().equals(name))
        .map(it -> new Account(it, spec(it, SesAccountSpec.class)))
        .findFirst();
  }

  /** Whether an account of that name is among the files, sound or not. */
  boolean hasAccount(String name) {
    return all.stream()
        .anyMatch(it -> it.kind().equals(ResourceCheck.ACCOUNT) && it.name().equals(name));
  }

  List<DeclaredSecret> secrets() {
    return secrets;
  }

  /** The labels of a namespace as it will be in the cluster; absent if no file declares it. */
  Optional<Map<String, String>> labels(String namespace) {
    return all.stream()
        .filter(it -> it.is("v1", "Namespace") && it.name().equals(namespace))
        .map(Declarations::labels)
        .findFirst();
  }

  private static Map<String, String> labels(Manifest namespace) {
    Map<String, String> labels = new TreeMap<>(Map.of(NAME_LABEL, namespace.name()));
    namespace.body().at("metadata", "labels").stream()
        .map(Field::value)
        .flatMap(value -> value.asFields().stream())
        .forEach(fields ->
            fields
                .fields()
                .forEach(
                    (key, field) -> field.value().asText().ifPresent(it -> labels.put(key, it))));
    return labels;
  }

  private Stream<Manifest> soundOf(String kind) {
    return sound.stream().filter(it -> it.is(Manifest.OUR_VERSION, kind));
  }

  private static <T> T spec(Manifest manifest, Class<T> type) {
    Object plain = manifest.body().field("spec").map(it -> it.value().plain()).orElse(Map.of());
    return JSON.convertValue(plain, type);
  }
}
