package io.sesoperator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class ManagementServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  /**
   * Listens on all addresses.
   *
   * @param port 0 for any free one
   * @throws IOException if the port cannot be had
   */
  ManagementServer(int port) throws IOException {
    this.server = listen(port);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(port), 0);
    } catch (BindException e) {
      throw new IOException("cannot listen on port %d; see --management-port".formatted(port), e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers 200 at {@code path} while {@code healthy}, else 503. */
  void probe(String path, BooleanSupplier healthy) {
    server.createContext(
        path,
        exchange -> {
          boolean ok = healthy.getAsBoolean();
          answer(exchange, ok ? OK : UNAVAILABLE, "text/plain", ok ? "ok\n" : "not ok\n");
        });
  }

  /** Serves the text of {@code metrics} at {@code path} in the Prometheus format. */
  void metrics(String path, Supplier<String> metrics) {
    server.createContext(
        path,
        exchange ->
            answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
