package io.sesoperator.check;

/** A document that is YAML, but not of a kind that is read. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Document.Broken broken;

  Unreadable(Document.Broken broken) {
    super("Unreadable", null, false, false);
    this.broken = broken;
  }

  Document.Broken broken() {
    return broken;
  }
}
