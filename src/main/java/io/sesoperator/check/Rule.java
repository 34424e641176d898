package io.sesoperator.check;

import static io.sesoperator.check.Severity.ERROR;
import static io.sesoperator.check.Severity.NOTE;
import static io.sesoperator.check.Severity.WARNING;

/** The rules that manifests are held against; docs/cli.md lists them. */
public enum Rule {
  NOT_TEXT("not-text", ERROR, "A file is UTF-8 text."),
  TOO_LARGE("too-large", ERROR, "A file has at most 10 MiB."),
  YAML_SYNTAX("yaml-syntax", ERROR, "A document is YAML or JSON."),
  YAML_DEPTH("yaml-depth", ERROR, "A document nests at most 100 levels."),
  YAML_ALIASES("yaml-aliases", ERROR, "Aliases unfold to at most 100000 values."),
  DUPLICATE_FIELD("duplicate-field", ERROR, "A field is written once."),
  NOT_A_RESOURCE("not-a-resource", NOTE, "A document with apiVersion and kind is checked."),
  API_VERSION("api-version", ERROR, "The apiVersion is ses-operator.io/v1alpha1."),
  KIND("kind", ERROR, "The kind is SmtpCredential or SesAccount."),
  METADATA("metadata", ERROR, "The metadata is as the API server wants it."),
  CLUSTER_SCOPED("cluster-scoped", WARNING, "A SesAccount has no namespace."),
  STATUS("status", WARNING, "Status is the operator's to write."),
  UNKNOWN_FIELD("unknown-field", ERROR, "Every field is one of the CRD."),
  TYPE("type", ERROR, "A field has the type of the CRD."),
  REQUIRED("required", ERROR, "A field that the CRD requires is there."),
  ENUM("enum", ERROR, "A value is one of those that the CRD lists."),
  PATTERN("pattern", ERROR, "A text has the form that the CRD asks for."),
  LENGTH("length", ERROR, "A text is as long as the CRD allows."),
  RANGE("range", ERROR, "A number is in the range of the CRD."),
  ITEMS("items", ERROR, "A list or map has as many entries as the CRD allows."),
  DUPLICATE_ITEM("duplicate-item", ERROR, "A list that is a set holds each item once."),
  CEL("cel", ERROR, "The CRD's own rules hold; the field is named behind a colon."),
  DECLARED_TWICE("declared-twice", WARNING, "A resource is declared once."),
  SECRET_MISSING("secret-missing", ERROR, "The Secret that is named is among the files."),
  SECRET_KEY("secret-key", ERROR, "The Secret has the entry that is named."),
  SECRET_VALUE("secret-value", ERROR, "An entry of a Secret is text, in data Base64."),
  PASSWORD("password", ERROR, "The password is one that SES accepts."),
  NEWLINE("newline", ERROR, "The password ends in no newline, unless it is trimmed."),
  SECRET_SEALED("secret-sealed", NOTE, "A password that can be read is checked."),
  ACCOUNT_ELSEWHERE("account-elsewhere", NOTE, "A SesAccount among the files is checked."),
  NOT_ALLOWED("not-allowed", ERROR, "The account lets the namespace manage the address."),
  LABELS_ELSEWHERE("labels-elsewhere", NOTE, "Labels of a Namespace among the files are checked."),
  CLAIMED_TWICE("claimed-twice", ERROR, "One SmtpCredential manages an address of an account.");

  private final String id;
  private final Severity severity;
  private final String text;

  Rule(String id, Severity severity, String text) {
    this.id = id;
    this.severity = severity;
    this.text = text;
  }

  /** What stands behind each finding. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  /** What holds when all is well, as a sentence. */
  public String text() {
    return text;
  }
}
