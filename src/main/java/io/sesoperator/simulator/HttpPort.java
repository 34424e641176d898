package io.sesoperator.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 port on the loopback interface, one virtual thread for each connection.
 *
 * <p>Not the JDK's {@code HttpServer}, because that one always writes its own {@code Date} header,
 * and a client measures the server's clock by it.
 */
final class HttpPort implements AutoCloseable {

  /** Longest body that is kept; of a longer one, one byte more than this. */
  static final int LARGEST_BODY = 10 * 1024 * 1024;

  private static final int LONGEST_LINE = 64 * 1024;
  private static final Logger log = LoggerFactory.getLogger(HttpPort.class);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServerSocket listener;
  private final ServerClock clock;
  private final Function<WireRequest, Reply> handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private HttpPort(ServerSocket listener, ServerClock clock, Function<WireRequest, Reply> handler) {
    this.listener = listener;
    this.clock = clock;
    this.handler = handler;
  }

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  static HttpPort open(int port, ServerClock clock, Function<WireRequest, Reply> handler) {
    HttpPort opened = new HttpPort(Loopback.listen(port, 1024), clock, handler);
    Thread.ofVirtual().name("simulator-accept").start(opened::acceptAll);
    return opened;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(listener);
    connections.forEach(HttpPort::closeQuietly);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().name("simulator-connection").start(() -> serve(connection));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.atWarn().setCause(e).log("Connection not accepted");
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      answerAll(connection);
    } catch (IOException e) {
      // the client went away: its own affair
      log.atDebug().addKeyValue("cause", e.toString()).log("Connection lost");
    } finally {
      connections.remove(connection);
    }
  }

  // Whoever sees the connection end can read in the log why.
  private void answerAll(Socket connection) throws IOException {
    try {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean open = true;
      while (open) {
        Optional<WireRequest> request = read(in, connection);
        open = request.isPresent() && answer(request.get(), connection);
      }
    } catch (RuntimeException e) {
      // only its type: the text may quote what was sent
      log.atError().addKeyValue("cause", e.getClass().getName()).log("Request not answered");
    }
  }

  /** Empty at the end of the connection. */
  private static Optional<WireRequest> read(InputStream in, Socket connection) throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return Optional.empty();
    }
    in.reset();
    String[] line = line(in).split(" ", -1);
    if (line.length != 3) {
      throw new IOException("Not a request line");
    }
    Map<String, String> headers = headers(in);
    if ("100-continue".equalsIgnoreCase(headers.getOrDefault("expect", ""))) {
      connection.getOutputStream().write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    return Optional.of(new WireRequest(line[0], line[1], headers, body(in, headers)));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.putIfAbsent(name, line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.containsKey("transfer-encoding")) {
      throw new IOException("A chunked request: every client of this API sends a length");
    }
    long length = length(headers.getOrDefault("content-length", "0"));
    if (length < 0) {
      throw new IOException("Content-Length is negative");
    }
    byte[] body = in.readNBytes((int) Math.min(length, LARGEST_BODY + 1L));
    in.skipNBytes(length - body.length);
    return body;
  }

  private static long length(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("Content-Length is not a number", e);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() > LONGEST_LINE) {
        throw new EOFException("No whole line");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** Whether the connection may be used again. */
  private boolean answer(WireRequest request, Socket connection) throws IOException {
    Reply reply = handler.apply(request);
    byte[] body = reply.bytes();
    boolean last = "close".equalsIgnoreCase(request.header("connection").orElse(""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (reply.ending()) {
      case WHOLE -> {
        out.writeBytes(head(reply, body.length, last));
        out.writeBytes(body);
      }
      case CUT -> {
        out.writeBytes(head(reply, body.length, true));
        out.write(body, 0, body.length / 2);
      }
      case NOTHING -> {}
    }
    // one write, so that no packet waits for the acknowledgement of another
    connection.getOutputStream().write(out.toByteArray());
    return reply.ending() == Reply.Ending.WHOLE && !last;
  }

  private byte[] head(Reply reply, int length, boolean last) {
    return ascii(
        String.join(
            "\r\n",
            "HTTP/1.1 " + reply.status() + (reply.status() == 200 ? " OK" : " Error"),
            "Server: nginx",
            "Date: " + HTTP_DATE.format(clock.dateHeader()),
            "Content-Type: " + reply.contentType(),
            "Content-Length: " + length,
            "Connection: " + (last ? "close" : "keep-alive"),
            "",
            ""));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.atDebug().addKeyValue("cause", e.toString()).log("Socket not closed");
    }
  }
}
