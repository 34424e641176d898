package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that can send anything, right or wrong, over a plain socket. */
final class Caller {

  static final ObjectMapper JSON = new ObjectMapper();
  static final String ADDRESS = "noreply@mail.example.com";

  /** What came back. */
  record Answer(int status, Map<String, String> headers, String body) {

    JsonNode response() throws IOException {
      return JSON.readTree(body).path("Response");
    }

    /** The error code; empty after a success. */
    String code() throws IOException {
      return response().path("Error").path("Code").asText("");
    }

    String message() throws IOException {
      return response().path("Error").path("Message").asText("");
    }
  }

  /** A request in the making; every step gives a changed copy. */
  record Draft(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      AccessKey key,
      String signedHeaders) {

    Draft header(String name, String value) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.put(name, value);
      return new Draft(method, target, changed, body, key, signedHeaders);
    }

    Draft without(String name) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.remove(name);
      return new Draft(method, target, changed, body, key, signedHeaders);
    }

    Draft method(String other) {
      return new Draft(other, target, headers, body, key, signedHeaders);
    }

    Draft target(String other) {
      return new Draft(method, other, headers, body, key, signedHeaders);
    }

    Draft body(String other) {
      return new Draft(method, target, headers, other, key, signedHeaders);
    }

    Draft key(AccessKey other) {
      return new Draft(method, target, headers, body, other, signedHeaders);
    }

    Draft signing(String names) {
      return new Draft(method, target, headers, body, key, names);
    }

    /** Adds the {@code Authorization}; later changes are tampering. */
    Draft signed() {
      return signed("ses");
    }

    Draft signed(String service) {
      Instant timestamp = Instant.ofEpochSecond(Long.parseLong(headers.get("x-tc-timestamp")));
      String date = SignatureCheck.utcDate(timestamp);
      WireRequest request = new WireRequest(method, target, headers, bytes());
      String hash =
          SignatureCheck.payloadHash(
              headers.containsKey("x-tc-content-sha256")
                  ? new WireRequest(
                      "POST", "/", Map.of(), headers.get("x-tc-content-sha256").getBytes())
                  : request);
      SignatureCheck.Claim claim =
          new SignatureCheck.Claim(key.secretId(), date, service, signedHeaders, "");
      String canonical = SignatureCheck.canonicalRequest(request, claim, hash);
      String signature = SignatureCheck.signature(claim, key.secretKey(), timestamp, canonical);
      return header(
          "authorization",
          "TC3-HMAC-SHA256 Credential=%s/%s/%s/tc3_request, SignedHeaders=%s, Signature=%s"
              .formatted(key.secretId(), date, service, signedHeaders, signature));
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Simulator simulator;

  /** A client that lives by the simulator's clock, as it is before any skew. */
  Caller(Simulator simulator) {
    this.simulator = simulator;
  }

  Answer update(String password) throws IOException {
    return update(ADDRESS, password);
  }

  Answer update(String address, String password) throws IOException {
    return send(updateDraft(address, password).signed());
  }

  Answer call(String action, String body) throws IOException {
    return send(draft(action, body).signed());
  }

  Draft updateDraft(String address, String password) {
    ObjectNode body =
        JSON.createObjectNode().put("Password", password).put("EmailAddress", address);
    return draft("UpdateEmailSmtpPassWord", body.toString());
  }

  Draft draft(String action, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", simulator.endpoint().getAuthority());
    headers.put("content-type", "application/json; charset=utf-8");
    headers.put("x-tc-action", action);
    headers.put("x-tc-version", "2020-10-02");
    headers.put("x-tc-region", simulator.options().region());
    Instant now = simulator.options().clock().instant();
    headers.put("x-tc-timestamp", Long.toString(now.getEpochSecond()));
    AccessKey key = simulator.options().keys().getFirst();
    return new Draft("POST", "/", headers, body, key, "content-type;host");
  }

  /** Sends a request; an {@link EOFException} means that no whole answer came. */
  Answer send(Draft draft) throws IOException {
    URI endpoint = simulator.endpoint();
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StringBuilder head =
          new StringBuilder(draft.method() + " " + draft.target() + " HTTP/1.1\r\n");
      draft.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      head.append("content-length: " + draft.bytes().length + "\r\nconnection: close\r\n\r\n");
      out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(draft.bytes());
      socket.getOutputStream().write(out.toByteArray());
      return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Answer answer(String text) throws IOException {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new EOFException("No answer");
    }
    String[] head = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < head.length; i++) {
      String[] pair = head[i].split(": ", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
    }
    String body = text.substring(end + 4);
    if (body.length() != Integer.parseInt(headers.get("content-length"))) {
      throw new EOFException("Half an answer");
    }
    return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, body);
  }
}
