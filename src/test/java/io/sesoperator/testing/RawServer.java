package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server below HTTP: it takes what a client sends and answers with any bytes, or none. Each
 * request takes the next answer of the script; when there is none left, the connection is closed.
 */
public final class RawServer implements AutoCloseable {

  /** What the client sent: header names in lower case. */
  public record Request(String line, Map<String, String> headers, String body) {}

  /** What to do once a request was read; returns whether the connection stays open. */
  public interface Answer {
    boolean to(Socket connection) throws IOException;
  }

  public final List<Request> requests = new CopyOnWriteArrayList<>();

  /** The connections whose client hung up before it was answered. */
  public final BlockingQueue<Socket> hungUp = new LinkedBlockingQueue<>();

  private final BlockingQueue<Answer> script = new LinkedBlockingQueue<>();
  private final ServerSocket socket;

  public RawServer(Answer... answers) throws IOException {
    script.addAll(List.of(answers));
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
  }

  /** Appends to the script. */
  public void script(Answer answer) {
    script.add(answer);
  }

  public static Answer answering(String head, String body) {
    return connection -> {
      connection.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(UTF_8));
      return true;
    };
  }

  /** HTTP 200 with a body, and the connection stays open. */
  public static Answer ok(String body) {
    int length = body.getBytes(UTF_8).length;
    return answering("HTTP/1.1 200 OK\r\nContent-Length: " + length, body);
  }

  public static Answer hangingUp() {
    return _ -> false;
  }

  /** Sends the start of an answer, perhaps nothing, then waits for the client to give up. */
  public Answer stallingAfter(String start) {
    return connection -> {
      connection.getOutputStream().write(start.getBytes(UTF_8));
      connection.getInputStream().read();
      hungUp.add(connection);
      return false;
    };
  }

  public URI endpoint() {
    return URI.create("http://localhost:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // closed: the test is over
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      boolean open = true;
      while (open) {
        requests.add(read(connection.getInputStream()));
        Answer answer = script.poll();
        open = answer != null && answer.to(connection);
      }
    } catch (IOException _) {
      // the client hung up
    }
  }

  private static Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("hung up");
      }
      head.write(next);
    }
    String[] lines = head.toString(ISO_8859_1).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(lines[0], headers, new String(in.readNBytes(length), UTF_8));
  }
}
