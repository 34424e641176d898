package io.sesoperator.testing;

import io.sesoperator.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The certificate authority of a simulator, as a file that an operator can be told of. */
public final class CertificateFile {

  private CertificateFile() {}

  /** A new file, which goes with this JVM. */
  public static Path of(Simulator ses) {
    try {
      Path file = Files.createTempFile("ses-ca-", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(file, ses.caCertificate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
