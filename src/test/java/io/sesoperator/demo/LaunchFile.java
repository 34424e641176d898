package io.sesoperator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Notes how it was started itself, so that {@code ./demo} needs Maven only when something changed:
 * the first line is the {@code java} of the JDK that Maven chose, the second the class path.
 */
public final class LaunchFile {

  private LaunchFile() {}

  /** Writes to the file that the only argument names. */
  public static void main(String[] arguments) throws IOException {
    Files.write(
        Path.of(arguments[0]),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            System.getProperty("java.class.path")));
  }
}
