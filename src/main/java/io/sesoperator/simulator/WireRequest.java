package io.sesoperator.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An HTTP request exactly as it was received; header names are lower case. */
final class WireRequest {

  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;

  WireRequest(String method, String target, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  String method() {
    return method;
  }

  /** The path, still encoded. A proxy's client sends a whole URL as the target. */
  String path() {
    String local = target.replaceFirst("^[a-z]+://[^/?]*", "");
    int mark = local.indexOf('?');
    return mark < 0 ? local : local.substring(0, mark);
  }

  /** What follows the question mark, still encoded; empty if there is none. */
  String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /**
   * The decoded query; of a repeated name the last value counts.
   *
   * @throws IllegalArgumentException if it is not URL-encoded
   */
  Map<String, String> queryParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /** A header's value without surrounding blanks; an empty value counts as absent. */
  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName)).filter(value -> !value.isEmpty());
  }

  byte[] body() {
    return body.clone();
  }

  int bodySize() {
    return body.length;
  }

  static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
