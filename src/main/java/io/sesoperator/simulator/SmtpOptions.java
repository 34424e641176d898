package io.sesoperator.simulator;

import java.time.Duration;
import java.util.List;

/**
 * Where and how SMTP is served.
 *
 * @param tlsPort TLS from the first byte, as on 465; 0 for any free one
 * @param startTlsPort plain text until {@code STARTTLS}, as on 587; 0 for any free one
 * @param host a name that the server's certificate has besides {@code localhost}
 * @param mechanisms the logins that are offered: {@code PLAIN}, {@code LOGIN} or both
 * @param idleLimit how long a client may say nothing
 * @param mostConnections on both ports together
 */
public record SmtpOptions(
    int tlsPort,
    int startTlsPort,
    String host,
    List<String> mechanisms,
    Duration idleLimit,
    int mostConnections) {

  /** Copies the list. */
  public SmtpOptions {
    mechanisms = List.copyOf(mechanisms);
  }

  /** Any free ports, {@code localhost}, both mechanisms, a minute, 64 connections. */
  public static SmtpOptions standard() {
    return new SmtpOptions(0, 0, "localhost", List.of("PLAIN", "LOGIN"), Duration.ofMinutes(1), 64);
  }

  /** A copy that listens on these ports. */
  public SmtpOptions withPorts(int newTlsPort, int newStartTlsPort) {
    return new SmtpOptions(
        newTlsPort, newStartTlsPort, host, mechanisms, idleLimit, mostConnections);
  }

  /** A copy whose certificate has this name too. */
  public SmtpOptions withHost(String newHost) {
    return new SmtpOptions(tlsPort, startTlsPort, newHost, mechanisms, idleLimit, mostConnections);
  }

  /** A copy that offers these logins and no other. */
  public SmtpOptions withMechanisms(String... names) {
    return new SmtpOptions(tlsPort, startTlsPort, host, List.of(names), idleLimit, mostConnections);
  }

  /** A copy that waits this long for a client to speak. */
  public SmtpOptions withIdleLimit(Duration limit) {
    return new SmtpOptions(tlsPort, startTlsPort, host, mechanisms, limit, mostConnections);
  }

  /** A copy that serves this many connections. */
  public SmtpOptions withMostConnections(int count) {
    return new SmtpOptions(tlsPort, startTlsPort, host, mechanisms, idleLimit, count);
  }
}
