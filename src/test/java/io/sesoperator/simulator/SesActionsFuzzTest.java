package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.simulator.SesGateway.Decision;
import io.sesoperator.testing.TestClock;
import java.io.IOException;
import java.util.Map;

/**
 * Properly signed requests with anything in them. An input has two lines before the body: the
 * action, and the query if it is to be a GET.
 */
class SesActionsFuzzTest {

  private static final SimulatorOptions OPTIONS =
      SimulatorOptions.standard().withClock(new TestClock());

  @FuzzTarget
  void answersEveryRequestInItsEnvelope(byte[] input) throws IOException {
    String[] parts = new String(input, UTF_8).split("\n", 3);
    if (parts.length < 3 || !parts[0].matches("[!-~]+")) {
      return;
    }
    ServerClock clock = new ServerClock(OPTIONS.clock());
    SenderBooks books = new SenderBooks(clock, ServerRules.standard());
    SenderBook senders = books.of(AccessKey.HOME_ACCOUNT, OPTIONS.region());
    senders.add(ADDRESS);

    Decision decision =
        gateway(clock, books)
            .decide(Arrival.of(signed(parts[0], parts[1], parts[2]), clock.trueTime()), "");

    JsonNode response = Caller.JSON.readTree(decision.reply().bytes()).path("Response");
    assertThat(decision.reply().status()).isEqualTo(200);
    assertThat(response.path("RequestId").isTextual()).isTrue();
    assertThat(decision.applied()).isEqualTo(!response.has("Error"));
    if (decision.applied() && parts[0].equals(SesActions.UPDATE) && parts[1].isEmpty()) {
      JsonNode body = Caller.JSON.readTree(parts[2]);
      assertThat(body.path("EmailAddress").textValue()).isEqualTo(ADDRESS);
      assertThat(senders.holds(ADDRESS, body.path("Password").textValue())).isTrue();
    }
  }

  private static SesGateway gateway(ServerClock clock, SenderBooks books) {
    KeyRing keys = new KeyRing(OPTIONS.keys());
    return new SesGateway(
        new GatewayChecks(OPTIONS, keys, clock),
        new SesActions(OPTIONS.rules()),
        new StsActions(new Roles(keys, clock)),
        books,
        new CallLog());
  }

  private static WireRequest signed(String action, String query, String body) {
    boolean get = !query.isEmpty();
    Map<String, String> headers =
        Map.of(
            "host",
            "ses.example.com",
            "content-type",
            get ? "application/x-www-form-urlencoded" : "application/json",
            "x-tc-action",
            action,
            "x-tc-version",
            "2020-10-02",
            "x-tc-region",
            OPTIONS.region(),
            "x-tc-timestamp",
            Long.toString(OPTIONS.clock().instant().getEpochSecond()));
    Caller.Draft draft =
        new Caller.Draft(
                get ? "GET" : "POST",
                get ? "/?" + query : "/",
                headers,
                body,
                SimulatorOptions.DEMO_KEY,
                "content-type;host")
            .signed();
    return new WireRequest(draft.method(), draft.target(), draft.headers(), draft.bytes());
  }
}
