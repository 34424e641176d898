package io.sesoperator.ses;

import io.sesoperator.api.SesAccountSpec;
import java.util.Arrays;
import java.util.Optional;

/** Where logins are proved. */
public record SmtpServer(String host, int port, Security security) {

  /** How a connection is protected; a login never goes over one that isn't. */
  public enum Security {
    /** TLS from the first byte. */
    TLS(465),
    /** A connection that begins in plain text, and goes no further without TLS. */
    STARTTLS(587);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    private static Optional<Security> of(String name) {
      return Arrays.stream(values()).filter(security -> security.name().equals(name)).findFirst();
    }
  }

  /**
   * The server that the account names, or else that of its region. Absent if it names neither, or
   * names what the schema doesn't allow.
   */
  public static Optional<SmtpServer> of(SesAccountSpec spec) {
    Optional<String> host =
        spec.smtp()
            .flatMap(SesAccountSpec.Smtp::host)
            .filter(name -> !name.isEmpty())
            .or(() -> SesRegion.of(spec.region()).map(SesRegion::smtpHost));
    Optional<Integer> port = spec.smtp().flatMap(SesAccountSpec.Smtp::port);
    Optional<String> security = spec.smtp().flatMap(SesAccountSpec.Smtp::security);
    if (host.isEmpty() || port.stream().anyMatch(number -> number < 1 || number > 65535)) {
      return Optional.empty();
    }
    return security
        .map(Security::of)
        .orElseGet(() -> Optional.of(usualOn(port)))
        .map(known -> new SmtpServer(host.get(), port.orElse(known.port), known));
  }

  private static Security usualOn(Optional<Integer> port) {
    return port.equals(Optional.of(Security.STARTTLS.port)) ? Security.STARTTLS : Security.TLS;
  }
}
