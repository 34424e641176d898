package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;

/** The control API's way to the roles. */
final class ControlledRoles {

  private static final int TWELVE_HOURS = 43200;

  private final Roles roles;

  ControlledRoles(Roles roles) {
    this.roles = roles;
  }

  /**
   * Answers a request below {@code roles}.
   *
   * @param rest the path behind it
   */
  JsonNode answer(WireRequest request, List<String> rest) {
    String verb = rest.isEmpty() ? "" : rest.getLast();
    switch (request.method() + " " + verb) {
      case "POST " -> trust(ControlBody.of(request));
      case "POST instance" -> roles.bind(ControlBody.of(request).text("name"));
      case "DELETE instance" -> roles.unbind();
      case "POST lifetime" -> limit(ControlBody.of(request));
      case "POST end" -> roles.endKeys();
      default -> throw new NoSuchElementException("Not something to do with roles");
    }
    return ControlDoor.done();
  }

  private void trust(ControlBody body) {
    roles.trust(body.text("roleArn"), body.text("providerId"), body.text("token"));
  }

  private void limit(ControlBody body) {
    roles.limitLifetime(Duration.ofSeconds(body.number("seconds", TWELVE_HOURS)));
  }
}
