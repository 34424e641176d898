package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every API request and every login, in the order in which they were decided. Never a password. */
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

  /**
   * One login by SMTP.
   *
   * @param address empty if what was sent isn't one
   * @param by the mechanism and what protects it, such as {@code PLAIN over TLS}
   * @param fault what was scripted for it; empty if nothing was
   */
  public record Login(Instant time, String address, String by, boolean accepted, String fault) {}

  /** The result of a request that a fault kept from the server. */
  public static final String NOT_PROCESSED = "NotProcessed";

  private static final int LONGEST_ADDRESS = 128;

  private final List<Call> calls = new ArrayList<>();
  private final List<Login> logins = new ArrayList<>();
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

  /** All logins that were tried, accepted or not. */
  public synchronized List<Login> logins() {
    return List.copyOf(logins);
  }

  /** Forgets all requests and logins. */
  public synchronized void clear() {
    calls.clear();
    logins.clear();
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

  synchronized void add(Login login) {
    logins.add(login);
  }

  /** The address, or nothing in place of what may be a password in the wrong field. */
  static String shown(String address) {
    return address.length() <= LONGEST_ADDRESS && address.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
        ? address
        : "";
  }

  ArrayNode loginTree() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Login login : logins()) {
      array
          .addObject()
          .put("time", login.time().toString())
          .put("address", login.address())
          .put("by", login.by())
          .put("accepted", login.accepted())
          .put("fault", login.fault());
    }
    return array;
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
