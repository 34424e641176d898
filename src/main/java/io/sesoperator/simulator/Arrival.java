package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A request that has come and is not decided yet, with what can be read from it before anything is
 * checked; what can't be read is empty.
 */
record Arrival(
    WireRequest request, String address, String requestId, Instant time, long startedNanos) {

  private static final int LONGEST_ADDRESS = 128;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Arrival of(WireRequest request, Instant time) {
    String requestId = UUID.randomUUID().toString();
    return new Arrival(request, addressIn(request), requestId, time, System.nanoTime());
  }

  String action() {
    return request.header("x-tc-action").orElse("");
  }

  String region() {
    return request.header("x-tc-region").orElse("");
  }

  boolean inChinese() {
    return request.header("x-tc-language").filter("zh-CN"::equals).isPresent();
  }

  /** The key that the request claims. */
  String secretId() {
    try {
      return SignatureCheck.parse(request.header("authorization").orElse("")).secretId();
    } catch (Refusal _) {
      return "";
    }
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  private static String addressIn(WireRequest request) {
    try {
      String address = JSON.readTree(request.body()).path("EmailAddress").asText("");
      return address.length() <= LONGEST_ADDRESS ? address : "";
    } catch (IOException _) {
      return "";
    }
  }
}
