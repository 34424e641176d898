package io.sesoperator.simulator;

import static io.sesoperator.simulator.Caller.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.simulator.Caller.Answer;
import io.sesoperator.testing.Canary;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDoorTest {

  private static final String A = Canary.password();
  private static final String B = Canary.password();

  private final SteppingClock clock = new SteppingClock("2026-11-23T12:00:00Z");
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.standard().withClock(clock).withSenders(ADDRESS));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Answer control(String method, String path, String body) throws IOException {
    return caller.send(caller.draft("", body).method(method).target("/_control/" + path));
  }

  private JsonNode done(String method, String path, String body) throws IOException {
    Answer answer = control(method, path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Caller.JSON.readTree(answer.body());
  }

  @Test
  void showsAndForgetsTheCalls() throws IOException {
    caller.update(A);

    JsonNode calls = done("GET", "calls", "");

    assertThat(calls).hasSize(1);
    assertThat(calls.path(0).path("address").asText()).isEqualTo(ADDRESS);
    assertThat(calls.path(0).path("applied").asBoolean()).isTrue();
    done("DELETE", "calls", "");
    assertThat(done("GET", "calls", "")).isEmpty();
  }

  @Test
  void changesTheSenders() throws IOException {
    done("POST", "senders", "{\"address\":\"b+c@x.test\"}");
    assertThat(caller.update("b+c@x.test", A).code()).isEmpty();

    assertThat(done("GET", "senders", ""))
        .isEqualTo(
            Caller.JSON.readTree(
                """
                [{"address":"%s","createdTimestamp":1795435200,"passwordSet":false},
                 {"address":"b+c@x.test","createdTimestamp":1795435200,"passwordSet":true}]
                """
                    .formatted(ADDRESS)));
    done("POST", "senders/b+c@x.test/recreate", "");
    assertThat(simulator.senders().holds("b+c@x.test", A)).isFalse();
    done("DELETE", "senders/b%2Bc%40x.test", "");
    assertThat(simulator.senders().find("b+c@x.test")).isEmpty();
  }

  @Test
  void comparesAPasswordWithACandidate() throws IOException {
    done("POST", "senders/" + ADDRESS + "/out-of-band", "{\"password\":\"" + A + "\"}");

    assertThat(holds(A)).isTrue();
    assertThat(holds(B)).isFalse();
    assertThat(caller.update(A).code()).isEqualTo("OperationDenied.RepeatPassWord");
  }

  private boolean holds(String candidate) throws IOException {
    String body = "{\"candidate\":\"" + candidate + "\"}";
    return done("POST", "senders/" + ADDRESS + "/holds", body).path("holds").asBoolean();
  }

  @Test
  void knowsOtherAccountsAndRegions() throws IOException {
    done("POST", "senders?account=200&region=ap-hongkong", "{\"address\":\"d@x.test\"}");

    assertThat(simulator.senders("200", "ap-hongkong").find("d@x.test")).isPresent();
    assertThat(simulator.senders().find("d@x.test")).isEmpty();
  }

  @Test
  void scriptsFaults() throws IOException {
    done("POST", "faults", "{\"kind\":\"code\",\"code\":\"InternalError\",\"times\":2}");
    done("POST", "faults", "{\"kind\":\"close\",\"afterApplying\":true,\"address\":\"x\"}");

    assertThat(done("GET", "faults", ""))
        .isEqualTo(
            Caller.JSON.readTree(
                """
                [{"id":"f1","kind":"code","action":"UpdateEmailSmtpPassWord","address":"","afterApplying":false,"left":2},
                 {"id":"f2","kind":"close","action":"UpdateEmailSmtpPassWord","address":"x","afterApplying":true,"left":1}]
                """));
    assertThat(caller.update(A).code()).isEqualTo("InternalError");
    assertThat(caller.update(A).code()).isEqualTo("InternalError");
    assertThat(caller.update(A).code()).isEmpty();
    done("DELETE", "faults", "");
    assertThat(done("GET", "faults", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"close,lost", "status,500", "html,200", "empty,200", "cut,lost", "slow,200"})
  void knowsEveryKindOfFault(String kind, String outcome) throws IOException {
    done("POST", "faults", "{\"kind\":\"" + kind + "\",\"millis\":1}");

    assertThat(outcomeOfUpdate()).isEqualTo(outcome);
    assertThat(simulator.calls().all().getLast().fault()).isEqualTo(kind);
  }

  private String outcomeOfUpdate() throws IOException {
    try {
      return String.valueOf(caller.update(A).status());
    } catch (EOFException _) {
      return "lost";
    }
  }

  @Test
  void tellsAHeldRequestToGoOn() throws Exception {
    String id = done("POST", "faults", "{\"kind\":\"hold\"}").path("id").asText();
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(outcomeOfUpdate());
          } catch (IOException e) {
            answer.completeExceptionally(e);
          }
        });

    done("POST", "faults/" + id + "/release", "");

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200");
  }

  @Test
  void deliversALateRequest() throws IOException {
    String id = done("POST", "faults", "{\"kind\":\"late\"}").path("id").asText();
    assertThat(control("POST", "faults/" + id + "/deliver", "").status()).isEqualTo(409);
    assertThat(outcomeOfUpdate()).isEqualTo("lost");

    done("POST", "faults/" + id + "/deliver", "");

    assertThat(simulator.senders().holds(ADDRESS, A)).isTrue();
  }

  @Test
  void takesTheServerDownAndUp() throws IOException {
    done("POST", "faults/down", "");
    assertThat(outcomeOfUpdate()).isEqualTo("503");
    done("POST", "faults/unreachable", "");
    assertThat(outcomeOfUpdate()).isEqualTo("lost");
    done("POST", "faults/up", "");
    assertThat(outcomeOfUpdate()).isEqualTo("200");
  }

  @Test
  void movesTheClock() throws IOException {
    done("POST", "clock", "{\"skewSeconds\":-400}");
    assertThat(caller.update(A).code()).isEqualTo("AuthFailure.SignatureExpire");

    done("POST", "clock", "{\"skewSeconds\":0}");
    done("POST", "clock", "{\"skewSeconds\":60,\"dateHeaderOnly\":true}");
    Answer answer = caller.update(A);
    assertThat(answer.code()).isEmpty();
    assertThat(answer.headers()).containsEntry("date", "Mon, 23 Nov 2026 12:01:00 GMT");
  }

  @Test
  void changesKeysAndPermissions() throws IOException {
    AccessKey key = AccessKey.of("AKIDnew", "new-key").withToken("t").ofAccount("200");
    done(
        "POST",
        "keys",
        "{\"secretId\":\"AKIDnew\",\"secretKey\":\"new-key\",\"token\":\"t\",\"account\":\"200\"}");
    assertThat(listWith(key)).isEmpty();
    assertThat(done("GET", "keys", "").toString())
        .isEqualTo("[\"AKIDnew\",\"AKIDsimulatorDemoKey\"]");

    done("POST", "keys", "{\"secretId\":\"AKIDnew\",\"state\":\"disabled\"}");
    assertThat(listWith(key)).isEqualTo("AuthFailure.SecretIdNotFound");
    done("POST", "keys", "{\"secretId\":\"AKIDnew\",\"state\":\"enabled\"}");
    done("POST", "permissions", "{\"action\":\"ListEmailAddress\",\"allowed\":false}");
    assertThat(listWith(key)).isEqualTo("AuthFailure.UnauthorizedOperation");
    done("POST", "permissions", "{\"action\":\"ListEmailAddress\",\"allowed\":true}");
    assertThat(listWith(key)).isEmpty();
  }

  @Test
  void handsOutTemporaryKeys() throws IOException {
    String role = "qcs::cam::uin/200:roleName/mailer";
    done("POST", "roles", "{\"roleArn\":\"" + role + "\",\"providerId\":\"p\",\"token\":\"t\"}");
    done("POST", "roles/lifetime", "{\"seconds\":60}");
    AccessKey key = assume(role);
    assertThat(listWith(key)).isEmpty();
    assertThat(done("GET", "keys", "").toString()).contains(key.secretId());

    done("POST", "roles/end", "");
    assertThat(listWith(key)).isEqualTo("AuthFailure.TokenFailure");
    AccessKey next = assume(role);
    clock.step(Duration.ofSeconds(60));
    assertThat(listWith(next)).isEqualTo("AuthFailure.TokenFailure");

    done("POST", "roles/instance", "{\"name\":\"machine\"}");
    assertThat(simulator.roles().bound()).contains("machine");
    done("DELETE", "roles/instance", "");
    assertThat(simulator.roles().bound()).isEmpty();
  }

  private AccessKey assume(String role) throws IOException {
    String body =
        "{\"ProviderId\":\"p\",\"WebIdentityToken\":\"t\",\"RoleArn\":\"%s\",\"RoleSessionName\":\"me\"}"
            .formatted(role);
    caller.send(
        caller
            .draft("AssumeRoleWithWebIdentity", body)
            .header("x-tc-version", "2018-08-13")
            .header("authorization", "SKIP"));
    return simulator.roles().issued().getLast();
  }

  private String listWith(AccessKey key) throws IOException {
    return caller
        .send(
            caller
                .draft("ListEmailAddress", "{}")
                .header("x-tc-token", key.token().orElseThrow())
                .key(key)
                .signed())
        .code();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | nonsense                     |                                | 404 | Not part of the control API
          PUT    | calls                        |                                | 400 | This path doesn't take this method
          POST   | senders                      | Ab12Cd34Ef56                   | 400 | The body is not JSON
          POST   | senders                      | ["Ab12Cd34Ef56"]               | 400 | The body is not a JSON object
          POST   | senders                      | {"address":1}                  | 400 | "address" must be a string
          DELETE | senders/nobody@x.test        |                                | 404 | No such sender
          POST   | senders/noreply@mail.example.com/eat | {}                     | 404 | Not something to do with a sender
          POST   | faults                       | {"kind":"plague"}              | 400 | "kind" is close, status, html, empty, code, cut, slow, hold or late
          POST   | faults                       | {"kind":"close","times":"x"}   | 400 | "times" must be a whole number
          POST   | faults                       | {"kind":"close","times":0}     | 400 | A fault strikes at least once
          POST   | faults                       | {"kind":"close","afterApplying":1} | 400 | "afterApplying" must be true or false
          POST   | faults/f9/release            |                                | 404 | No request is held by this fault
          POST   | faults/f9/deliver            |                                | 404 | No request is delayed by this fault
          POST   | keys                         | {"secretId":"a","state":"odd"} | 400 | "state" is enabled or disabled
          POST   | roles                        | {"roleArn":"a","providerId":"p","token":"t"} | 400 | A role is named qcs::cam::uin/<uin>:roleName/<name>
          GET    | roles                        |                                | 404 | Not something to do with roles
          """)
  void saysWhatIsWrong(String method, String path, String body, int status, String message)
      throws IOException {
    Answer answer = control(method, path, body == null ? "" : body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(Caller.JSON.readTree(answer.body()).path("error").asText()).isEqualTo(message);
  }

  @Test
  void isNoPartOfTheCallLog() throws IOException {
    done("GET", "senders", "");
    simulator.faults().down();
    done("GET", "senders", "");

    assertThat(simulator.calls().all()).isEmpty();
  }

  @Test
  void doesWhatTheDocumentSays() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/simulator.md"), StandardCharsets.UTF_8)) {
      if (line.startsWith("curl ")) {
        lines.add(line);
      }
    }

    assertThat(lines).hasSizeGreaterThan(25);
    for (String line : lines) {
      String method = line.replaceFirst("curl -X (\\w+) .*", "$1");
      String body = line.contains(" -d '") ? line.replaceFirst(".* -d '(.*)'", "$1") : "";
      String path = line.replaceFirst(".*8484/_control/(\\S+).*", "$1");
      String verb = method.equals(line) ? body.isEmpty() ? "GET" : "POST" : method;
      assertThat(control(verb, path, body).status()).as(line).isEqualTo(200);
    }
  }
}
