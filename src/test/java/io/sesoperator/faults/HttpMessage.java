package io.sesoperator.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A request or an answer of HTTP/1.1, whole. Its text form is the first line alone. */
final class HttpMessage {

  private static final String LENGTH = "Content-Length";
  private static final String ENCODING = "Transfer-Encoding";

  private record Header(String name, String value) {}

  private final String start;
  private final List<Header> headers;
  private final byte[] body;

  private HttpMessage(String start, List<Header> headers, byte[] body) {
    this.start = start;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** Empty at the end of the connection. */
  static Optional<HttpMessage> readRequest(InputStream in) throws IOException {
    Optional<HttpMessage> head = readHead(in);
    return head.isEmpty()
        ? Optional.empty()
        : Optional.of(head.get().withBody(head.get().hasBody() ? head.get().readBody(in) : none()));
  }

  /** Reads an answer; one that switches protocols has no body. */
  static HttpMessage readAnswer(InputStream in) throws IOException {
    HttpMessage head = readHead(in).orElseThrow(() -> new EOFException("No answer"));
    return head.status() == 101 ? head : head.withBody(head.readBody(in));
  }

  String method() {
    return start.substring(0, start.indexOf(' '));
  }

  /** The path without its query. */
  String path() {
    return start.split(" ", -1)[1].replaceFirst("\\?.*", "");
  }

  int status() {
    return Integer.parseInt(start.split(" ", -1)[1]);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  boolean opensWebSocket() {
    return header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
  }

  String body() {
    return new String(body, UTF_8);
  }

  HttpMessage withBody(byte[] other) {
    return new HttpMessage(start, headers, other);
  }

  HttpMessage mapBody(UnaryOperator<String> change) {
    return withBody(change.apply(body()).getBytes(UTF_8));
  }

  HttpMessage without(Set<String> names) {
    return new HttpMessage(
        start,
        headers.stream()
            .filter(header -> names.stream().noneMatch(header.name()::equalsIgnoreCase))
            .toList(),
        body);
  }

  /** As it goes over the wire, the body in one piece. */
  byte[] bytes() {
    HttpMessage plain = without(Set.of(LENGTH, ENCODING));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stream<Header> lengths =
        opensWebSocket() ? Stream.empty() : Stream.of(new Header(LENGTH, "" + body.length));
    out.writeBytes((start + "\r\n").getBytes(ISO_8859_1));
    Stream.concat(plain.headers.stream(), lengths)
        .map(header -> header.name() + ": " + header.value() + "\r\n")
        .forEach(line -> out.writeBytes(line.getBytes(ISO_8859_1)));
    out.writeBytes("\r\n".getBytes(ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return start;
  }

  private static Optional<HttpMessage> readHead(InputStream in) throws IOException {
    String start = line(in);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return Optional.of(new HttpMessage(start, headers, none()));
  }

  private boolean hasBody() {
    return header(LENGTH).isPresent() || header(ENCODING).isPresent();
  }

  private byte[] readBody(InputStream in) throws IOException {
    if (header(ENCODING).isPresent()) {
      return readChunks(in);
    }
    Optional<Integer> length = header(LENGTH).map(Integer::parseInt);
    byte[] read = length.isPresent() ? in.readNBytes(length.get()) : in.readAllBytes();
    if (read.length < length.orElse(0)) {
      throw new EOFException("Half a message");
    }
    return read;
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      whole.writeBytes(in.readNBytes(size));
      line(in);
    }
    line(in);
    return whole.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).replaceFirst(";.*", ""), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static byte[] none() {
    return new byte[0];
  }
}
