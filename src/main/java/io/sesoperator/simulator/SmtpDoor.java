package io.sesoperator.simulator;

import io.sesoperator.simulator.SmtpSession.Security;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/** SMTP on two ports, and where the script's faults strike its connections. */
final class SmtpDoor implements AutoCloseable {

  private final ServerIdentities identities;
  private final SmtpScript script;
  private final SmtpLogins logins;
  private final SmtpPort tls;
  private final SmtpPort startTls;

  /**
   * Opens both ports.
   *
   * @throws java.io.UncheckedIOException if one is taken
   */
  SmtpDoor(SmtpOptions options, ServerIdentities identities, SmtpScript script, SmtpLogins logins) {
    this.identities = identities;
    this.script = script;
    this.logins = logins;
    Semaphore places = new Semaphore(options.mostConnections());
    this.tls =
        SmtpPort.open(
            options.tlsPort(), options.idleLimit(), places, it -> serve(it, Security.TLS));
    try {
      this.startTls =
          SmtpPort.open(
              options.startTlsPort(),
              options.idleLimit(),
              places,
              it -> serve(it, Security.STARTTLS));
    } catch (RuntimeException e) {
      tls.close();
      throw e;
    }
  }

  /** Where TLS is spoken from the first byte. */
  int tlsPort() {
    return tls.port();
  }

  /** Where TLS is asked for. */
  int startTlsPort() {
    return startTls.port();
  }

  @Override
  public void close() {
    tls.close();
    startTls.close();
  }

  private void serve(SmtpConnection connection, Security security) throws IOException {
    Optional<SmtpFault> fault = script.takeForConnection(security == Security.STARTTLS);
    if (fault.isPresent()) {
      misbehave(connection, security, fault.get());
    } else {
      talk(connection, security, identities.right());
    }
  }

  private void misbehave(SmtpConnection connection, Security security, SmtpFault fault)
      throws IOException {
    switch (fault) {
      case BUSY -> {
        secureFirst(connection, security);
        connection.reply(421, "4.3.2 Service not available");
      }
      case CLOSE -> throw new EOFException("Closed by a fault");
      case SILENT -> connection.drain();
      case GARBAGE -> {
        secureFirst(connection, security);
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n<html>nginx</html>\r\n");
        connection.drain();
      }
      case ENDLESS_LINE -> {
        secureFirst(connection, security);
        connection.write("220 ");
        repeat(connection, "endless".repeat(100));
      }
      case ENDLESS_REPLY -> {
        secureFirst(connection, security);
        session(connection, security).greet();
        connection.readLine(SmtpAuthentication.LONGEST_LINE);
        repeat(connection, "250-X-ENDLESS\r\n".repeat(100));
      }
      case NO_AUTH -> {
        secureFirst(connection, security);
        session(connection, Security.WITHOUT_LOGIN).talk();
      }
      case WRONG_NAME -> talk(connection, security, identities.wrongName());
      case EXPIRED -> talk(connection, security, identities.expired());
      case OLD_TLS -> talkOldTls(connection, security);
      case STRIP_STARTTLS -> session(connection, Security.STRIPPED).talk();
      case REFUSE, DEFER, LOSE, HANG ->
          throw new IllegalStateException("Not a fault of a connection: " + fault);
    }
  }

  private SmtpSession session(SmtpConnection connection, Security security) {
    return new SmtpSession(connection, security, it -> it.startTls(identities.right()), logins);
  }

  private void secureFirst(SmtpConnection connection, Security security) throws IOException {
    if (security == Security.TLS) {
      connection.startTls(identities.right());
    }
  }

  private void talk(SmtpConnection connection, Security security, SSLContext identity)
      throws IOException {
    if (security == Security.TLS) {
      connection.startTls(identity);
    }
    new SmtpSession(connection, security, it -> it.startTls(identity), logins).talk();
  }

  private void talkOldTls(SmtpConnection connection, Security security) throws IOException {
    if (security == Security.TLS) {
      connection.offerOldTls();
    } else {
      new SmtpSession(connection, security, SmtpConnection::offerOldTls, logins).talk();
    }
  }

  /** Until the client goes. */
  private static void repeat(SmtpConnection connection, String text) throws IOException {
    while (true) {
      connection.write(text);
    }
  }
}
