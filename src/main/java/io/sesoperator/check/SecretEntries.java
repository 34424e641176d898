package io.sesoperator.check;

import io.sesoperator.check.DeclaredSecret.Entry;
import io.sesoperator.check.Value.Field;
import io.sesoperator.password.PasswordRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the Secrets among manifests, and looks at each value once. */
final class SecretEntries {

  private static final String SECRET = "Secret";
  private static final String SOPS_VALUE = "ENC[AES256_GCM,";

  private final PasswordRule rule;

  SecretEntries(PasswordRule rule) {
    this.rule = rule;
  }

  /** What this manifest declares; absent if it has nothing to do with Secrets. */
  Optional<DeclaredSecret> declaredBy(Manifest manifest) {
    if (manifest.is("v1", SECRET)) {
      return Optional.of(declared(manifest, manifest.name(), entries(manifest), true));
    }
    if (manifest.isOf("bitnami.com", "SealedSecret")) {
      return Optional.of(sealedSecret(manifest));
    }
    return manifest.isOf("external-secrets.io", "ExternalSecret")
        ? Optional.of(externalSecret(manifest))
        : Optional.empty();
  }

  private static DeclaredSecret declared(
      Manifest manifest, String name, Map<String, Entry> entries, boolean complete) {
    String fullName = manifest.namespace() + "/" + name;
    return new DeclaredSecret(manifest.place(), manifest.kind(), fullName, entries, complete);
  }

  private Map<String, Entry> entries(Manifest secret) {
    boolean sealed = secret.body().field("sops").isPresent();
    Map<String, Entry> entries = new HashMap<>();
    secret
        .fieldsAt("data")
        .forEach((key, field) -> entries.put(key, entry(secret, field, sealed, true)));
    secret
        .fieldsAt("stringData")
        .forEach((key, field) -> entries.put(key, entry(secret, field, sealed, false)));
    return entries;
  }

  private Entry entry(Manifest secret, Field field, boolean sealed, boolean encoded) {
    Place place = secret.place().onLine(field.line());
    String text = field.value().asText().orElse("");
    if (sealed || text.startsWith(SOPS_VALUE)) {
      return new Entry.Sealed(place);
    }
    if (field.value().asText().isEmpty() && !field.value().isNothing()) {
      return new Entry.Unusable(place, "is no text; put it in quotes");
    }
    return encoded ? decoded(place, text) : readable(place, text.getBytes(StandardCharsets.UTF_8));
  }

  private Entry decoded(Place place, String text) {
    try {
      // The API server's decoder skips line breaks as well.
      return readable(place, Base64.getDecoder().decode(text.replaceAll("[\r\n]", "")));
    } catch (IllegalArgumentException _) {
      return new Entry.Unusable(
          place, "is not Base64, as values in data must be; encode it, or use stringData");
    }
  }

  // The first rule broken is that of the newline, when there is one.
  private Entry readable(Place place, byte[] value) {
    boolean newline = value.length > 0 && value[value.length - 1] == '\n';
    List<String> broken = rule.brokenBy(value);
    Arrays.fill(value, (byte) 0);
    return new Entry.Plain(place, newline, newline ? broken.subList(1, broken.size()) : broken);
  }

  private static DeclaredSecret sealedSecret(Manifest manifest) {
    String name =
        manifest.body().text("spec", "template", "metadata", "name").orElse(manifest.name());
    Set<String> keys =
        Stream.of(
                manifest.fieldsAt("spec", "encryptedData"),
                manifest.fieldsAt("spec", "template", "data"))
            .flatMap(fields -> fields.keySet().stream())
            .collect(Collectors.toSet());
    return declared(manifest, name, sealed(manifest, keys), true);
  }

  private static DeclaredSecret externalSecret(Manifest manifest) {
    String name = manifest.body().text("spec", "target", "name").orElse(manifest.name());
    Set<String> keys =
        manifest.body().at("spec", "data").stream()
            .flatMap(data -> data.value().items())
            .flatMap(item -> item.asFields().stream())
            .flatMap(item -> item.text("secretKey").stream())
            .collect(Collectors.toSet());
    boolean complete =
        manifest.body().at("spec", "dataFrom").isEmpty()
            && manifest.body().at("spec", "target", "template").isEmpty();
    return declared(manifest, name, sealed(manifest, keys), complete);
  }

  private static Map<String, Entry> sealed(Manifest manifest, Set<String> keys) {
    return keys.stream()
        .collect(Collectors.toMap(key -> key, _ -> new Entry.Sealed(manifest.place())));
  }
}
