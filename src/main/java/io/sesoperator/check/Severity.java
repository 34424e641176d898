package io.sesoperator.check;

/** How bad a finding is: only an error fails the check. */
public enum Severity {
  /** The API server or the operator would refuse it. */
  ERROR("error"),
  /** It is taken, but does not do what it seems to. */
  WARNING("warning"),
  /** What could not be checked, and why. */
  NOTE("note");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** As it is printed. */
  public String word() {
    return word;
  }
}
