package io.sesoperator.faults;

import java.io.IOException;

/** The end of a connection, as a fault wants it. */
final class Severed extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Freeze freeze;

  Severed(Freeze freeze) {
    super("Severed");
    this.freeze = freeze;
  }

  /** The fault that did it. */
  Freeze freeze() {
    return freeze;
  }
}
