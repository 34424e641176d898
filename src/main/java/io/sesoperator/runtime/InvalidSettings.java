package io.sesoperator.runtime;

import java.util.List;

/** Settings that cannot be used, with everything that is wrong with them. */
public final class InvalidSettings extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidSettings(List<String> problems) {
    super(String.join("\n", problems));
  }
}
