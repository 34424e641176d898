package io.sesoperator.faults;

import java.util.Locale;

/** On which side of a request something happens to it. */
enum Moment {
  /** The operator has sent it, and the server has not got it. */
  BEFORE,
  /** The server has answered, and the operator has not got the answer. */
  AFTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
