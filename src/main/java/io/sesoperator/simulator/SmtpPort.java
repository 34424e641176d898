package io.sesoperator.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port on the loopback interface, with one virtual thread for each connection. */
final class SmtpPort implements AutoCloseable {

  /** What is done with a connection; it is closed afterwards. */
  interface Server {
    void serve(SmtpConnection connection) throws IOException;
  }

  private static final Duration GOODBYE = Duration.ofMillis(200);
  private static final Logger log = LoggerFactory.getLogger(SmtpPort.class);

  private final ServerSocket listener;
  private final Duration idleLimit;
  private final Semaphore places;
  private final Server server;
  private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();

  private SmtpPort(ServerSocket listener, Duration idleLimit, Semaphore places, Server server) {
    this.listener = listener;
    this.idleLimit = idleLimit;
    this.places = places;
    this.server = server;
  }

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @param places how many connections there may be, perhaps with other ports
   * @throws UncheckedIOException if the port is taken
   */
  static SmtpPort open(int port, Duration idleLimit, Semaphore places, Server server) {
    SmtpPort opened = new SmtpPort(Loopback.listen(port, 128), idleLimit, places, server);
    Thread.ofVirtual().name("simulator-smtp-accept").start(opened::acceptAll);
    return opened;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Says 421 to every client that is listening, then closes. */
  @Override
  public void close() {
    try {
      listener.close();
      // on threads of their own, as a client that doesn't read would keep this one for ever
      List<Thread> dismissals =
          connections.stream()
              .map(connection -> Thread.ofVirtual().start(() -> dismiss(connection)))
              .toList();
      for (Thread dismissal : dismissals) {
        dismissal.join(GOODBYE);
      }
    } catch (IOException e) {
      log.atDebug().addKeyValue("cause", e.toString()).log("Socket not closed");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(SmtpPort::abort);
  }

  private static void abort(SmtpConnection connection) {
    try {
      connection.abort();
    } catch (IOException e) {
      log.atDebug().addKeyValue("cause", e.toString()).log("Socket not closed");
    }
  }

  private static void dismiss(SmtpConnection connection) {
    try {
      connection.dismiss("4.3.2 The server ends");
    } catch (IOException e) {
      log.atDebug().addKeyValue("cause", e.toString()).log("Client not told of the end");
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        accept(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.atWarn().setCause(e).log("Connection not accepted");
        }
      }
    }
  }

  private void accept(Socket socket) throws IOException {
    SmtpConnection connection = new SmtpConnection(socket, idleLimit);
    if (places.tryAcquire()) {
      connections.add(connection);
      Thread.ofVirtual().name("simulator-smtp").start(() -> serve(connection));
    } else {
      connection.close();
    }
  }

  private void serve(SmtpConnection connection) {
    try (connection) {
      serveUntilIdle(connection);
    } catch (IOException e) {
      // the client went away, or a fault wants it so
      log.atDebug().addKeyValue("cause", e.getClass().getName()).log("SMTP connection ended");
    } catch (RuntimeException e) {
      // only its type: the text may quote what was sent
      log.atError().addKeyValue("cause", e.getClass().getName()).log("SMTP connection failed");
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  private void serveUntilIdle(SmtpConnection connection) throws IOException {
    try {
      server.serve(connection);
    } catch (SocketTimeoutException _) {
      connection.dismiss("4.4.2 Nothing was said for too long");
    }
  }
}
