package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** The control API's way to the fault script. */
final class ControlledFaults {

  private static final String SMTP = "SMTP";

  private final FaultScript script;
  private final Map<String, Fault.Kind> kept = new ConcurrentHashMap<>();

  ControlledFaults(FaultScript script) {
    this.script = script;
  }

  /**
   * Answers a request below {@code faults}.
   *
   * @param rest the path behind it
   */
  JsonNode answer(WireRequest request, List<String> rest) {
    String verb = rest.isEmpty() ? "" : rest.getLast();
    switch (request.method() + " " + verb) {
      case "GET " -> {
        return list();
      }
      case "POST " -> {
        return add(ControlBody.of(request));
      }
      case "DELETE " -> script.clear();
      case "POST down" -> script.down();
      case "POST unreachable" -> script.unreachable();
      case "POST up" -> script.up();
      case "POST release" -> hold(rest).release();
      case "POST drop" -> hold(rest).drop();
      case "POST deliver" -> delivery(rest).deliver();
      default -> throw new NoSuchElementException("Not something to do with faults");
    }
    return ControlDoor.done();
  }

  private JsonNode add(ControlBody body) {
    if (body.text("action", "").equals(SMTP)) {
      return id(
          script
              .smtpScript()
              .put(
                  SmtpFault.of(body.text("kind")),
                  body.text("address", ""),
                  body.number("times", 1)));
    }
    Fault.Scope scope =
        new Fault.Scope(body.text("action", SesActions.UPDATE), body.text("address", ""));
    Fault.Kind kind = kind(body);
    String id = script.put(scope, body.flag("afterApplying"), kind, body.number("times", 1));
    kept.put(id, kind);
    return id(id);
  }

  private static JsonNode id(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  private static Fault.Kind kind(ControlBody body) {
    String kind = body.text("kind");
    return switch (kind) {
      case "close" -> new Fault.Instead(kind, Reply.closed());
      case "status" -> new Fault.Instead(kind, Reply.page(body.number("status", 500)));
      case "html" -> new Fault.Instead(kind, Reply.page(200));
      case "empty" -> new Fault.Instead(kind, Reply.emptyObject());
      case "code" -> new Fault.Code(body.text("code"));
      case "cut" -> new Fault.Cut();
      case "slow" -> new Fault.Slow(Duration.ofMillis(body.number("millis", 1000)));
      case "hold" -> new Fault.Held(new Hold());
      case "late" -> new Fault.Late(new LateDelivery(), body.flag("afterNewer"));
      default ->
          throw new IllegalArgumentException(
              "\"kind\" is close, status, html, empty, code, cut, slow, hold or late");
    };
  }

  private ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (FaultScript.Entry entry : script.entries()) {
      Fault fault = entry.fault();
      list.addObject()
          .put("id", fault.id())
          .put("kind", fault.kind().label())
          .put("action", fault.scope().action())
          .put("address", fault.scope().address())
          .put("afterApplying", fault.afterApplying())
          .put("left", entry.left());
    }
    for (SmtpScript.Entry entry : script.smtpScript().entries()) {
      list.addObject()
          .put("id", entry.id())
          .put("kind", entry.fault().label())
          .put("action", SMTP)
          .put("address", entry.address())
          .put("left", entry.left());
    }
    return list;
  }

  private Hold hold(List<String> path) {
    if (kept.get(path.getFirst()) instanceof Fault.Held held) {
      return held.hold();
    }
    throw new NoSuchElementException("No request is held by this fault");
  }

  private LateDelivery delivery(List<String> path) {
    if (kept.get(path.getFirst()) instanceof Fault.Late late) {
      return late.delivery();
    }
    throw new NoSuchElementException("No request is delayed by this fault");
  }
}
