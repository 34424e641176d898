package io.sesoperator.runtime;

import java.util.Optional;

/** Which build of the program this is. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** The version that the build wrote into the jar. */
  public static String current() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
