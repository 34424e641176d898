package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every API request that came, in the order in which they were decided. Never a password. */
public final class CallLog {

  /**
   * One request.
   *
   * @param time when it arrived
   * @param secretId the key that it claims; empty if none can be read
   * @param result the error code; empty after a success; {@link #NOT_PROCESSED} if a fault came
   *     first
   * @param applied whether it was carried out, whatever the client was told
   * @param requestId empty if it was not processed
   * @param fault what was scripted for it; empty if nothing was
   */
  public record Call(
      Instant time,
      String action,
      String region,
      String address,
      String secretId,
      String result,
      boolean applied,
      String requestId,
      Duration duration,
      String fault) {}

  /** The result of a request that a fault kept from the server. */
  public static final String NOT_PROCESSED = "NotProcessed";

  private final List<Call> calls = new ArrayList<>();
  private int writes;

  /** All requests that are decided; one that is held is not among them yet. */
  public synchronized List<Call> all() {
    return List.copyOf(calls);
  }

  /** The changes of this address's password that were carried out, in their order. */
  public List<Call> accepted(String address) {
    return all().stream()
        .filter(call -> call.action().equals(SesActions.UPDATE) && call.applied())
        .filter(call -> call.address().equals(address))
        .toList();
  }

  /**
   * How many {@code UpdateEmailSmtpPassWord} were received, whatever became of them; counted on
   * arrival, so one that is held counts too.
   */
  public synchronized int writes() {
    return writes;
  }

  /** Forgets all requests. */
  public synchronized void clear() {
    calls.clear();
    writes = 0;
  }

  /** {@link #all} as a JSON array. */
  public String json() {
    return tree().toString();
  }

  synchronized void arrived(String action) {
    if (action.equals(SesActions.UPDATE)) {
      writes++;
    }
  }

  synchronized void add(Call call) {
    calls.add(call);
  }

  ArrayNode tree() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Call call : all()) {
      array
          .addObject()
          .put("time", call.time().toString())
          .put("action", call.action())
          .put("region", call.region())
          .put("address", call.address())
          .put("secretId", call.secretId())
          .put("result", call.result())
          .put("applied", call.applied())
          .put("requestId", call.requestId())
          .put("millis", call.duration().toMillis())
          .put("fault", call.fault());
    }
    return array;
  }
}
