package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Every request that an API server answered, as the server itself wrote it down. */
public final class AuditLog {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Consumer<String> probe;

  /**
   * @param probe makes a request that names the text it is given
   */
  AuditLog(Path file, Consumer<String> probe) {
    this.file = file;
    this.probe = probe;
  }

  /**
   * One request. A watch appears twice: with code 200 when it opens, and when it ends.
   *
   * @param user who asked, or who was impersonated
   * @param group of the resource, empty for the core group
   * @param resource plural and subresource, such as {@code smtpcredentials/status}; empty for a
   *     request to another path
   * @param namespace empty for none
   * @param name empty for a request to a collection
   * @param received when it came
   * @param time when it was answered
   */
  public record Request(
      String user,
      String userAgent,
      String verb,
      String group,
      String resource,
      String namespace,
      String name,
      int code,
      Instant received,
      Instant time) {

    /** Whether it was meant to change something, other than a question in the form of an object. */
    public boolean writes() {
      return !Stream.of("get", "list", "watch").toList().contains(verb)
          && !resource.endsWith("reviews");
    }
  }

  /** A point in the log, to read on from: nothing that was answered before lies behind it. */
  public long position() {
    settle();
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All requests that were answered since {@code position} and before now, in order. */
  public List<Request> since(long position) {
    settle();
    return read(position).filter(request -> !request.name().startsWith("audit-probe-")).toList();
  }

  /** How often {@code user} made such a request since {@code position}. */
  public long count(long position, String user, String verb, String resource) {
    return since(position).stream()
        .filter(request -> request.user().equals(user))
        .filter(request -> request.verb().equals(verb))
        .filter(request -> request.resource().equals(resource))
        .count();
  }

  // A line is written just after the answer was sent, so one more request is waited for.
  private void settle() {
    String name = "audit-probe-" + UUID.randomUUID();
    probe.accept(name);
    Awaitility.await("the audit log").until(() -> Files.readString(file).contains(name));
  }

  private Stream<Request> read(long position) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, (int) position, bytes.length - (int) position, UTF_8);
      return text.lines().map(AuditLog::parse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request parse(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      JsonNode object = event.path("objectRef");
      String subresource = object.path("subresource").asText();
      return new Request(
          event
              .path("impersonatedUser")
              .path("username")
              .asText(event.at("/user/username").asText()),
          event.path("userAgent").asText(),
          event.path("verb").asText(),
          object.path("apiGroup").asText(),
          object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
          object.path("namespace").asText(),
          object.path("name").asText(),
          event.path("responseStatus").path("code").asInt(),
          Instant.parse(event.path("requestReceivedTimestamp").asText()),
          Instant.parse(event.path("stageTimestamp").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
