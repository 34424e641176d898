package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.simulator.Caller.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataDoorTest {

  private static final String KEYS = "/latest/meta-data/cam/security-credentials/";

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private final Simulator simulator = Simulator.start(SimulatorOptions.standard().withClock(clock));
  private final Caller caller = new Caller(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Answer get(String path) throws IOException {
    return caller.send(caller.draft("", "").method("GET").target(path));
  }

  @Test
  void namesTheRoleAndGivesItsKey() throws IOException {
    simulator.roles().bind("machine");

    assertThat(get(KEYS).body()).isEqualTo("machine");
    JsonNode keys = Caller.JSON.readTree(get(KEYS + "machine").body());

    AccessKey key = simulator.roles().issued().getFirst();
    assertThat(keys.path("TmpSecretId").asText()).isEqualTo(key.secretId());
    assertThat(keys.path("TmpSecretKey").asText()).isEqualTo(key.secretKey());
    assertThat(keys.path("Token").asText()).isEqualTo(key.token().orElseThrow());
    assertThat(keys.path("Expiration").asText()).isEqualTo("2026-11-23T14:00:00Z");
    assertThat(keys.path("Code").asText()).isEqualTo("Success");
    assertThat(simulator.keys().find(key.secretId())).contains(key);
  }

  @Test
  void givesAllTheSameKeyUntilItNearlyEnds() throws IOException {
    simulator.roles().bind("machine");

    get(KEYS + "machine");
    clock.step(Duration.ofMinutes(110).minusSeconds(1));
    get(KEYS + "machine");
    assertThat(simulator.roles().issued()).hasSize(1);
    clock.step(Duration.ofSeconds(1));
    get(KEYS + "machine");

    assertThat(simulator.roles().issued()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "/latest/meta-data/",
    "/latest/meta-data/cam/security-credentials/other",
    "/latest/meta-data/instance-id"
  })
  void knowsNothingElse(String path) throws IOException {
    simulator.roles().bind("machine");

    assertThat(get(path).status()).isEqualTo(404);
  }

  @Test
  void knowsNoRoleUnlessOneIsBound() throws IOException {
    assertThat(get(KEYS).status()).isEqualTo(404);
    simulator.roles().bind("machine");
    assertThat(get(KEYS).status()).isEqualTo(200);
    simulator.roles().unbind();
    assertThat(get(KEYS).status()).isEqualTo(404);
    assertThat(simulator.calls().all())
        .extracting(CallLog.Call::action, CallLog.Call::result)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("metadata", "NotFound"),
            org.assertj.core.groups.Tuple.tuple("metadata", ""),
            org.assertj.core.groups.Tuple.tuple("metadata", "NotFound"));
  }
}
