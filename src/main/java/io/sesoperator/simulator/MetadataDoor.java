package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sesoperator.simulator.CallLog.Call;
import java.util.Optional;

/**
 * The metadata service of a CVM, as far as it hands out keys of the role that is bound to the
 * machine (https://www.tencentcloud.com/document/product/213/45917).
 */
final class MetadataDoor {

  static final String PREFIX = "/latest/meta-data/";

  private static final String KEYS = PREFIX + "cam/security-credentials/";
  private static final String ACTION = "metadata";

  private final Roles roles;
  private final CallLog calls;
  private final ServerClock clock;

  MetadataDoor(Roles roles, CallLog calls, ServerClock clock) {
    this.roles = roles;
    this.calls = calls;
    this.clock = clock;
  }

  /** Answers one request, and enters it into the call log as {@code metadata}. */
  Reply answer(WireRequest request) {
    Arrival arrival = Arrival.of(request, clock.trueTime());
    Optional<Reply> page =
        roles
            .bound()
            .filter(_ -> request.method().equals("GET"))
            .flatMap(name -> page(request, name));
    String result = page.isPresent() ? "" : "NotFound";
    calls.add(
        new Call(
            arrival.time(), ACTION, "", "", "", result, page.isPresent(), "", arrival.age(), ""));
    return page.orElse(Reply.page(404));
  }

  private Optional<Reply> page(WireRequest request, String role) {
    if (request.path().equals(KEYS)) {
      return Optional.of(Reply.text(role));
    }
    return request.path().equals(KEYS + role)
        ? Optional.of(keys(roles.ofTheMachine()))
        : Optional.empty();
  }

  private static Reply keys(Roles.Lent lent) {
    return Reply.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("TmpSecretId", lent.key().secretId())
            .put("TmpSecretKey", lent.key().secretKey())
            .put("ExpiredTime", lent.end().getEpochSecond())
            .put("Expiration", lent.end().toString())
            .put("Token", lent.key().token().orElseThrow())
            .put("Code", "Success"));
  }
}
