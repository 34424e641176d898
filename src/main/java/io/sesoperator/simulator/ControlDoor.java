package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The control API: what tests do in process, for those who do it with curl. It takes passwords and
 * never gives one back. docs/simulator.md lists every call.
 */
final class ControlDoor {

  static final String PREFIX = "/_control/";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Simulator simulator;
  private final ControlledFaults faults;
  private final ControlledRoles roles;

  ControlDoor(Simulator simulator) {
    this.simulator = simulator;
    this.faults = new ControlledFaults(simulator.faults());
    this.roles = new ControlledRoles(simulator.roles());
  }

  /** Answers one request; what goes wrong is told as {@code {"error": ...}}. */
  Reply answer(WireRequest request) {
    try {
      return Reply.json(200, route(request));
    } catch (NoSuchElementException e) {
      return error(404, e);
    } catch (IllegalStateException e) {
      return error(409, e);
    } catch (IllegalArgumentException e) {
      return error(400, e);
    }
  }

  private static Reply error(int status, RuntimeException e) {
    return Reply.json(status, NODES.objectNode().put("error", e.getMessage()));
  }

  private JsonNode route(WireRequest request) {
    String[] path = request.path().substring(PREFIX.length()).split("/", -1);
    List<String> rest = List.of(path).subList(1, path.length);
    return switch (path[0]) {
      case "calls" -> calls(request);
      case "logins" -> {
        require(request, "GET");
        yield simulator.calls().loginTree();
      }
      case "ca" -> {
        require(request, "GET");
        yield NODES.objectNode().put("pem", simulator.caCertificate());
      }
      case "senders" -> senders(request, rest);
      case "faults" -> faults.answer(request, rest);
      case "clock" -> clock(request);
      case "keys" -> keys(request);
      case "permissions" -> permissions(request);
      case "roles" -> roles.answer(request, rest);
      default -> throw new NoSuchElementException("Not part of the control API");
    };
  }

  private JsonNode calls(WireRequest request) {
    return switch (request.method()) {
      case "GET" -> simulator.calls().tree();
      case "DELETE" -> {
        simulator.calls().clear();
        yield done();
      }
      default -> throw wrongMethod();
    };
  }

  private JsonNode senders(WireRequest request, List<String> rest) {
    SenderBook book = book(request);
    if (rest.isEmpty()) {
      return switch (request.method()) {
        case "GET" -> list(book);
        case "POST" -> {
          book.add(ControlBody.of(request).text("address"));
          yield done();
        }
        default -> throw wrongMethod();
      };
    }
    String address = WireRequest.decoded(rest.getFirst().replace("+", "%2B"));
    if (book.find(address).isEmpty()) {
      throw new NoSuchElementException("No such sender");
    }
    return sender(request, book, address, rest.size() > 1 ? rest.get(1) : "");
  }

  private static JsonNode sender(
      WireRequest request, SenderBook book, String address, String verb) {
    switch (request.method() + " " + verb) {
      case "DELETE " -> book.delete(address);
      case "POST recreate" -> book.recreate(address);
      case "POST out-of-band" ->
          book.setOutOfBand(address, ControlBody.of(request).text("password"));
      case "POST holds" -> {
        boolean holds = book.holds(address, ControlBody.of(request).text("candidate"));
        return NODES.objectNode().put("holds", holds);
      }
      default -> throw new NoSuchElementException("Not something to do with a sender");
    }
    return done();
  }

  /** The book named by the query's {@code account} and {@code region}; by default, home. */
  private SenderBook book(WireRequest request) {
    var query = request.queryParameters();
    return simulator.senders(
        query.getOrDefault("account", AccessKey.HOME_ACCOUNT),
        query.getOrDefault("region", simulator.options().region()));
  }

  private static ArrayNode list(SenderBook book) {
    ArrayNode list = NODES.arrayNode();
    for (SenderBook.Sender sender : book.all()) {
      list.addObject()
          .put("address", sender.address())
          .put("createdTimestamp", sender.createdTimestamp())
          .put("passwordSet", sender.smtpPwdType() == 1);
    }
    return list;
  }

  private JsonNode clock(WireRequest request) {
    require(request, "POST");
    ControlBody body = ControlBody.of(request);
    Duration ahead = Duration.ofSeconds(body.number("skewSeconds", 0));
    if (body.flag("dateHeaderOnly")) {
      simulator.faults().skewDateHeader(ahead);
    } else {
      simulator.faults().skewClock(ahead);
    }
    return done();
  }

  private JsonNode keys(WireRequest request) {
    if (request.method().equals("GET")) {
      ArrayNode ids = NODES.arrayNode();
      simulator.keys().ids().forEach(ids::add);
      return ids;
    }
    require(request, "POST");
    ControlBody body = ControlBody.of(request);
    String id = body.text("secretId");
    switch (body.text("state", "put")) {
      case "put" -> simulator.keys().put(key(id, body));
      case "enabled" -> simulator.keys().enable(id);
      case "disabled" -> simulator.keys().disable(id);
      default -> throw new IllegalArgumentException("\"state\" is enabled or disabled");
    }
    return done();
  }

  private static AccessKey key(String id, ControlBody body) {
    return new AccessKey(
        id,
        body.text("secretKey"),
        Optional.of(body.text("token", "")).filter(token -> !token.isEmpty()),
        body.text("account", AccessKey.HOME_ACCOUNT));
  }

  private JsonNode permissions(WireRequest request) {
    require(request, "POST");
    ControlBody body = ControlBody.of(request);
    String action = body.text("action");
    if (body.flag("allowed")) {
      simulator.keys().allow(action);
    } else {
      simulator.keys().deny(action);
    }
    return done();
  }

  static ObjectNode done() {
    return NODES.objectNode().put("done", true);
  }

  static void require(WireRequest request, String method) {
    if (!request.method().equals(method)) {
      throw wrongMethod();
    }
  }

  static IllegalArgumentException wrongMethod() {
    return new IllegalArgumentException("This path doesn't take this method");
  }
}
