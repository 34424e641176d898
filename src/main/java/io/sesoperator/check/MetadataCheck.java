package io.sesoperator.check;

import io.sesoperator.check.Value.Field;
import io.sesoperator.check.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The metadata of our kinds, for which CRDs have no schema. */
final class MetadataCheck {

  private static final Set<String> FIELDS =
      Set.of(
          "annotations",
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "finalizers",
          "generateName",
          "generation",
          "labels",
          "managedFields",
          "name",
          "namespace",
          "ownerReferences",
          "resourceVersion",
          "selfLink",
          "uid");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_NAMESPACE = 63;

  private final Manifest manifest;
  private final List<Finding> findings = new ArrayList<>();

  MetadataCheck(Manifest manifest) {
    this.manifest = manifest;
  }

  List<Finding> check() {
    Optional<Fields> metadata =
        manifest.body().field("metadata").flatMap(field -> field.value().asFields());
    if (metadata.isEmpty()) {
      add(Rule.METADATA, "metadata with a name is required; add it", "metadata");
    } else {
      checkFields(metadata.get());
      checkName(metadata.get());
      checkNamespace(metadata.get());
    }
    return List.copyOf(findings);
  }

  private void checkFields(Fields metadata) {
    metadata.fields().keySet().stream()
        .filter(name -> !FIELDS.contains(name))
        .forEach(name ->
            add(
                Rule.UNKNOWN_FIELD,
                "this field of metadata is unknown; labels and annotations may be what is meant",
                "metadata",
                name));
    for (String name : List.of("labels", "annotations")) {
      metadata
          .field(name)
          .filter(field -> !field.value().isNothing() && !holdsTexts(field))
          .ifPresent(_ ->
              add(
                  Rule.METADATA,
                  "metadata." + name + " holds texts; put numbers and truths in quotes",
                  "metadata",
                  name));
    }
  }

  private static boolean holdsTexts(Field field) {
    return field
        .value()
        .asFields()
        .filter(map ->
            map.fields().values().stream()
                .allMatch(it -> it.value().asText().isPresent() || it.value().isNothing()))
        .isPresent();
  }

  private void checkName(Fields metadata) {
    Optional<String> name = metadata.text("name").filter(it -> !it.isEmpty());
    if (name.isEmpty() && metadata.field("generateName").isEmpty()) {
      add(Rule.METADATA, "metadata.name is required, as text; add it", "metadata", "name");
    }
    name.filter(it -> it.length() > LONGEST_NAME || !NAME.matcher(it).matches())
        .ifPresent(_ ->
            add(
                Rule.METADATA,
                "metadata.name takes lower-case letters, digits, - and . only; change it",
                "metadata",
                "name"));
  }

  private void checkNamespace(Fields metadata) {
    Map<String, Field> fields = metadata.fields();
    if (!fields.containsKey("namespace")) {
      return;
    }
    if (manifest.kind().equals(ResourceCheck.ACCOUNT)) {
      add(
          Rule.CLUSTER_SCOPED,
          "a SesAccount belongs to the whole cluster and this namespace is ignored; remove it",
          "metadata",
          "namespace");
    } else if (metadata
        .text("namespace")
        .filter(it ->
            it.length() <= LONGEST_NAMESPACE && (it.isEmpty() || NAMESPACE.matcher(it).matches()))
        .isEmpty()) {
      add(
          Rule.METADATA,
          "metadata.namespace takes lower-case letters, digits and - only; change it",
          "metadata",
          "namespace");
    }
  }

  private void add(Rule rule, String message, String... path) {
    findings.add(Finding.of(manifest.placeOf(path), rule, message));
  }
}
