package io.sesoperator.check;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.check.Value.Field;
import io.sesoperator.check.Value.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the API server would take one SmtpCredential or SesAccount. */
final class ResourceCheck {

  static final String CREDENTIAL = "SmtpCredential";
  static final String ACCOUNT = "SesAccount";

  private static final Set<String> KINDS = Set.of(CREDENTIAL, ACCOUNT);
  private static final String GROUP = SmtpCredential.GROUP + "/";

  private final Crds crds;

  ResourceCheck(Crds crds) {
    this.crds = crds;
  }

  /** Whether it is ours, or is meant to be. */
  static boolean concerns(Manifest manifest) {
    return manifest.apiVersion().startsWith(GROUP) || KINDS.contains(manifest.kind());
  }

  List<Finding> check(Manifest manifest) {
    if (!KINDS.contains(manifest.kind())) {
      return List.of(
          Finding.of(
              manifest.placeOf("kind"),
              Rule.KIND,
              "ses-operator.io has no such kind; write SmtpCredential or SesAccount"));
    }
    if (!manifest.apiVersion().equals(Manifest.OUR_VERSION)) {
      return List.of(
          Finding.of(
              manifest.placeOf("apiVersion"),
              Rule.API_VERSION,
              "no such apiVersion of " + manifest.kind() + "; write " + Manifest.OUR_VERSION));
    }
    List<Finding> findings = new ArrayList<>(new MetadataCheck(manifest).check());
    crds.schema(manifest.kind()).ifPresent(schema -> findings.addAll(check(manifest, schema)));
    return List.copyOf(findings);
  }

  private static List<Finding> check(Manifest manifest, Fields schema) {
    Map<String, Field> fields = new LinkedHashMap<>(manifest.body().fields());
    fields.remove("metadata");
    Optional<Field> status = Optional.ofNullable(fields.remove("status"));
    Fields body = new Fields(manifest.body().line(), fields);
    List<Finding> findings =
        new ArrayList<>(
            new SchemaCheck(manifest.place())
                .check(manifest.kind(), new Field(body.line(), body), schema));
    status.ifPresent(field ->
        findings.add(
            Finding.of(
                manifest.place().onLine(field.line()),
                Rule.STATUS,
                "status is ignored when it is applied; remove it, the operator writes it")));
    return findings.stream().map(finding -> withoutRoot(finding, manifest.kind())).toList();
  }

  // Fields are named from the object's top on.
  private static Finding withoutRoot(Finding finding, String kind) {
    return new Finding(
        finding.file(),
        finding.line(),
        finding.severity(),
        finding.message().replace(kind + ".", ""),
        finding.rule().replace(kind + ".", ""));
  }
}
