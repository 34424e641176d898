package io.sesoperator.check;

import io.sesoperator.check.Document.Broken;
import io.sesoperator.check.Document.Content;
import io.sesoperator.check.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the resources in the documents of a file, also within lists. */
final class ManifestReader {

  private static final String LIST = "List";

  private final String defaultNamespace;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  ManifestReader(String defaultNamespace) {
    this.defaultNamespace = defaultNamespace;
  }

  void read(String file, String text) {
    for (Document document : YamlReader.read(text)) {
      switch (document) {
        case Broken broken -> findings.add(finding(file, broken));
        case Content content -> read(file, content);
      }
    }
  }

  List<Manifest> manifests() {
    return List.copyOf(manifests);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  private void read(String file, Content content) {
    if (content.value().isNothing()) {
      return;
    }
    List<Manifest> found = resources(file, content.value(), "", "").toList();
    manifests.addAll(found);
    if (found.isEmpty()) {
      findings.add(
          Finding.of(
              new Place(file, content.value().line()),
              Rule.NOT_A_RESOURCE,
              "not checked: no apiVersion and kind; if this is to be applied, its author must add them"));
    } else if (found.stream().anyMatch(ManifestReader::concernsUs)) {
      content.duplicates().forEach(line -> findings.add(duplicate(new Place(file, line))));
    }
  }

  // Items of a typed list may leave out what the list says.
  private Stream<Manifest> resources(
      String file, Value value, String listVersion, String itemKind) {
    if (!(value instanceof Fields body)) {
      return Stream.empty();
    }
    String apiVersion = body.text("apiVersion").orElse(listVersion);
    String kind = body.text("kind").orElse(itemKind);
    Optional<Value> items = body.field("items").map(Value.Field::value);
    if (kind.endsWith(LIST) && items.isPresent()) {
      String ofItems = kind.substring(0, kind.length() - LIST.length());
      return items.get().items().flatMap(it -> resources(file, it, apiVersion, ofItems));
    }
    return apiVersion.isEmpty() || kind.isEmpty()
        ? Stream.empty()
        : Stream.of(manifest(new Place(file, body.line()), apiVersion, kind, body));
  }

  private Manifest manifest(Place place, String apiVersion, String kind, Fields body) {
    String namespace =
        body.text("metadata", "namespace").filter(it -> !it.isEmpty()).orElse(defaultNamespace);
    String name = body.text("metadata", "name").orElse("");
    return new Manifest(place, apiVersion, kind, namespace, name, body);
  }

  private static boolean concernsUs(Manifest manifest) {
    return ResourceCheck.concerns(manifest) || manifest.is("v1", "Secret");
  }

  private static Finding duplicate(Place place) {
    return Finding.of(
        place,
        Rule.DUPLICATE_FIELD,
        "this field stands in the object before; only one may stay, remove the other");
  }

  private static Finding finding(String file, Broken broken) {
    String message =
        switch (broken.rule()) {
          case YAML_DEPTH -> "nested too deeply; no resource needs that, so it is not read";
          case YAML_ALIASES -> "its aliases unfold to too much; write the values out";
          default ->
              "neither YAML nor JSON from column "
                  + broken.column()
                  + " on; mend the syntax (a template must be rendered first)";
        };
    return Finding.of(new Place(file, broken.line()), broken.rule(), message);
  }
}
