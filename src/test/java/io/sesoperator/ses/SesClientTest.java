package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.api.Reason;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.ses.SenderListing.Listed;
import io.sesoperator.ses.SenderListing.Unlisted;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.tencent.CredentialSource.Found;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.CredentialSource.Missing;
import io.sesoperator.tencent.Tc3Client;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.RawServer;
import io.sesoperator.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesClientTest {

  private static final String ADDRESS = "noreply@mail.example.com";
  private static final String VALUE = Canary.password();
  private static final CredentialSource CREDENTIAL =
      () -> Lookup.of(Credential.of("theId", "theKey", Optional.empty()));

  private final Tc3Client client =
      new Tc3Client(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          new TestClock(Instant.parse("2026-11-23T10:00:00Z")));

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void setsAPassword() throws IOException {
    try (RawServer server = new RawServer(response(""))) {
      Outcome outcome = set(server, VALUE);

      assertThat(outcome)
          .isEqualTo(
              new Outcome.Done(
                  Effect.CHANGED,
                  new Answer("UpdateEmailSmtpPassWord", Optional.empty(), Optional.of("req-1"))));
      RawServer.Request request = server.requests.getFirst();
      assertThat(request.body())
          .isEqualTo("{\"Password\":\"" + VALUE + "\",\"EmailAddress\":\"" + ADDRESS + "\"}");
      assertThat(request.headers())
          .containsAllEntriesOf(
              Map.of(
                  "x-tc-action", "UpdateEmailSmtpPassWord",
                  "x-tc-version", "2020-10-02",
                  "x-tc-region", "ap-hongkong"));
      assertThat(request.headers().get("authorization")).contains("/2026-11-23/ses/tc3_request,");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\/\"\\\"",
        "<&>'{}$%",
        "\u0000\u0001\n\r\t\u001f\u007f",
        "\u00e4\u20ac\ud83d\ude00",
        ""
      })
  void writesEachPasswordSoThatItIsReadAsItWas(String value) throws IOException {
    try (RawServer server = new RawServer(response(""))) {
      set(server, value);

      JsonNode body = new ObjectMapper().readTree(server.requests.getFirst().body());
      assertThat(body.size()).isEqualTo(2);
      assertThat(body.path("Password").textValue()).isEqualTo(value);
      assertThat(body.path("EmailAddress").textValue()).isEqualTo(ADDRESS);
    }
  }

  @Test
  void listsThousandsOfSenders() throws IOException {
    String sender =
        "{\"EmailAddress\":\"sender-%d@mail.example.com\",\"EmailSenderName\":\"A sender\","
            + "\"CreatedTimestamp\":1700000000,\"SmtpPwdType\":1}";
    String senders =
        IntStream.range(0, 5000).mapToObj(sender::formatted).collect(Collectors.joining(","));
    try (RawServer server = new RawServer(response(",\"EmailSenders\":[" + senders + "]"))) {
      assertThat(ses(server, CREDENTIAL).list())
          .isInstanceOfSatisfying(
              SenderListing.Listed.class, listed -> assertThat(listed.senders()).hasSize(5000));
    }
  }

  @Test
  void leavesThePasswordToItsOwner() throws IOException {
    try (RawServer server = new RawServer(response(""));
        Password password = Password.of(VALUE.getBytes(UTF_8))) {
      ses(server, CREDENTIAL).set(ADDRESS, password);

      assertThat(password.bytes()).isEqualTo(VALUE.getBytes(UTF_8));
    }
  }

  @Test
  void tellsThatSesHoldsThePasswordAlready() throws IOException {
    try (RawServer server = new RawServer(error("OperationDenied.RepeatPassWord"))) {
      assertThat(set(server, VALUE))
          .isEqualTo(
              new Outcome.Done(
                  Effect.UNCHANGED,
                  new Answer(
                      "UpdateEmailSmtpPassWord",
                      Optional.of("OperationDenied.RepeatPassWord"),
                      Optional.of("req-1"))));
    }
  }

  @Test
  void neverShowsAPasswordThatSesEchoes() throws IOException {
    String echo =
        "{\"Response\":{\"Error\":{\"Code\":\"InternalError\",\"Message\":\"%s\"},\"X\":\"%s\"}}"
            .formatted(VALUE, VALUE);
    try (RawServer server = new RawServer(RawServer.ok(echo), RawServer.ok(echo + "broken"))) {
      assertThat(set(server, VALUE).toString()).contains("InternalError").doesNotContain(VALUE);
      assertThat(set(server, VALUE).toString()).contains("InvalidResponse").doesNotContain(VALUE);
    }
  }

  @Test
  void cannotTellWhatBecameOfALostAnswer() throws IOException {
    try (RawServer server = new RawServer(RawServer.hangingUp())) {
      assertThat(set(server, VALUE))
          .isEqualTo(
              new Outcome.Ambiguous(
                  new Answer(
                      "UpdateEmailSmtpPassWord",
                      Optional.of("ClientError.NetworkError"),
                      Optional.empty())));
    }
  }

  @Test
  void asksForTheCredentialAnewForEachCall() throws IOException {
    Queue<Credential> rotated =
        new ArrayDeque<>(
            List.of(
                new Credential("oldId", "oldKey", Optional.empty()),
                new Credential("newId", "newKey", Optional.of("newToken"))));
    try (RawServer server = new RawServer(response(""), response(""))) {
      SesClient ses = ses(server, () -> Lookup.of(Optional.ofNullable(rotated.poll())));
      ses.list();
      ses.list();

      assertThat(server.requests.get(0).headers().get("authorization")).contains("=oldId/");
      assertThat(server.requests.get(1).headers().get("authorization")).contains("=newId/");
      assertThat(server.requests.get(1).headers()).containsEntry("x-tc-token", "newToken");
    }
  }

  @Test
  void sendsNothingWithoutACredential() throws IOException {
    try (RawServer server = new RawServer(response(""));
        Password password = Password.of(VALUE.getBytes(UTF_8))) {
      SesClient ses = ses(server, CredentialSource.none());

      assertThat(ses.set(ADDRESS, password)).isEqualTo(noCredential("UpdateEmailSmtpPassWord"));
      assertThat(ses.list())
          .isEqualTo(new Unlisted(noCredential("ListEmailAddress"), Optional.empty()));
      assertThat(server.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AuthFailure.TokenFailure, true",
    "AuthFailure.SecretIdNotFound, true",
    "AuthFailure.SignatureFailure, false",
    "AuthFailure.UnauthorizedOperation, false",
    "InternalError, false"
  })
  void tellsTheSourceOfACredentialThatSesDoesNotKnow(String code, boolean told) throws IOException {
    Credential credential = new Credential("theId", "theKey", Optional.of("theToken"));
    List<Credential> refused = new ArrayList<>();
    CredentialSource source =
        new CredentialSource() {
          @Override
          public Lookup current() {
            return new Found(credential);
          }

          @Override
          public void refused(Credential unknown) {
            refused.add(unknown);
          }
        };
    try (RawServer server = new RawServer(error(code), response(""))) {
      ses(server, source).list();
      ses(server, source).list();

      assertThat(refused).isEqualTo(told ? List.of(credential) : List.of());
    }
  }

  @Test
  void passesOnWhyThereIsNoCredential() throws IOException {
    ApiFailure why =
        new ApiFailure("ClientError.StsRefused.X", Optional.of("req-sts"), Optional.empty());
    try (RawServer server = new RawServer(response(""))) {
      assertThat(ses(server, () -> new Missing(why)).list())
          .isEqualTo(
              new Unlisted(
                  new Outcome.AccountTrouble(
                      Reason.CREDENTIALS_INVALID,
                      new Answer(
                          "ListEmailAddress",
                          Optional.of("ClientError.StsRefused.X"),
                          Optional.of("req-sts"))),
                  Optional.empty()));
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void listsSenders() throws IOException {
    String senders =
        """
        ,"EmailSenders":[
          {"EmailAddress":"a@x.example","EmailSenderName":"A","CreatedTimestamp":1600000000,"SmtpPwdType":1},
          {"EmailAddress":"b@x.example","EmailSenderName":null,"CreatedTimestamp":null,"SmtpPwdType":0},
          {"EmailAddress":"c@x.example"},
          {"EmailAddress":"d@x.example","SmtpPwdType":2,"CreatedTimestamp":0},
          {"EmailAddress":null},
          null]
        """;
    try (RawServer server = new RawServer(response(senders))) {
      assertThat(ses(server, CREDENTIAL).list())
          .isEqualTo(
              new Listed(
                  List.of(
                      new Sender(
                          "a@x.example",
                          Optional.of(true),
                          Optional.of(Instant.parse("2020-09-13T12:26:40Z"))),
                      new Sender("b@x.example", Optional.of(false), Optional.empty()),
                      new Sender("c@x.example", Optional.empty(), Optional.empty()),
                      new Sender("d@x.example", Optional.empty(), Optional.empty())),
                  new Answer("ListEmailAddress", Optional.empty(), Optional.of("req-1")),
                  Optional.empty()));
      assertThat(server.requests.getFirst().body()).isEqualTo("{}");
      assertThat(server.requests.getFirst().headers())
          .containsEntry("x-tc-action", "ListEmailAddress");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"31556889864403200", "9223372036854775807", "1e300", "-1", "\"1\""})
  void readsNoCreationTimeBeyondAllTimes(String created) throws IOException {
    String sender = "{\"EmailAddress\":\"a@x.example\",\"CreatedTimestamp\":" + created + "}";
    try (RawServer server = new RawServer(response(",\"EmailSenders\":[" + sender + "]"))) {
      SenderListing listing = ses(server, CREDENTIAL).list();

      assertThat(((Listed) listing).senders())
          .containsExactly(new Sender("a@x.example", Optional.empty(), Optional.empty()));
    }
  }

  @Test
  void hasNotListedSendersWhenSesSpeaksOfAPassword() throws IOException {
    try (RawServer server = new RawServer(error("OperationDenied.RepeatPassWord"))) {
      SenderListing listing = ses(server, CREDENTIAL).list();

      assertThat(((Unlisted) listing).outcome())
          .isEqualTo(
              new Outcome.NotYet(
                  Reason.UNKNOWN_ERROR,
                  new Answer(
                      "ListEmailAddress",
                      Optional.of("OperationDenied.RepeatPassWord"),
                      Optional.of("req-1"))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"EmailSenders\":null", ",\"EmailSenders\":[]"})
  void listsNoSendersWhereThereAreNone(String senders) throws IOException {
    try (RawServer server = new RawServer(response(senders))) {
      SenderListing listing = ses(server, CREDENTIAL).list();

      assertThat(listing).isInstanceOf(Listed.class);
      assertThat(((Listed) listing).senders()).isEmpty();
    }
  }

  @Test
  void listsAHundredSenders() throws IOException {
    String sender =
        "{\"EmailAddress\":\"%s@mail.example.com\",\"EmailSenderName\":\"%s\",\"SmtpPwdType\":1}"
            .formatted("a".repeat(100), "n".repeat(200));
    String senders = String.join(",", Collections.nCopies(100, sender));
    try (RawServer server = new RawServer(response(",\"EmailSenders\":[" + senders + "]"))) {
      SenderListing listing = ses(server, CREDENTIAL).list();

      assertThat(((Listed) listing).senders()).hasSize(100);
    }
  }

  @Test
  void tellsWhySendersCouldNotBeListed() throws IOException {
    try (RawServer server =
        new RawServer(
            error("UnauthorizedOperation.CamNoAuth"), response(",\"EmailSenders\":\"many\""))) {
      SesClient ses = ses(server, CREDENTIAL);

      assertThat(ses.list())
          .isEqualTo(
              new Unlisted(
                  new Outcome.AccountTrouble(
                      Reason.NOT_AUTHORIZED,
                      new Answer(
                          "ListEmailAddress",
                          Optional.of("UnauthorizedOperation.CamNoAuth"),
                          Optional.of("req-1"))),
                  Optional.empty()));
      assertThat(((Unlisted) ses.list()).outcome()).isInstanceOf(Outcome.Ambiguous.class);
    }
  }

  @Test
  void passesOnHowFarTheClocksAreApart() throws IOException {
    String body = "{\"Response\":{\"RequestId\":\"req-1\"}}";
    String head =
        "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 09:59:00 GMT\r\nContent-Length: "
            + body.length();
    try (RawServer server = new RawServer(RawServer.answering(head, body))) {
      assertThat(ses(server, CREDENTIAL).list().clockSkew()).contains(Duration.ofMinutes(1));
    }
  }

  private Outcome set(RawServer server, String value) {
    try (Password password = Password.of(value.getBytes(UTF_8))) {
      return ses(server, CREDENTIAL).set(ADDRESS, password);
    }
  }

  private SesClient ses(RawServer server, CredentialSource credentials) {
    return new SesClient(client, server.endpoint(), SesRegion.HONG_KONG, credentials, () -> true);
  }

  private static RawServer.Answer response(String more) {
    return RawServer.ok("{\"Response\":{\"RequestId\":\"req-1\"" + more + "}}");
  }

  private static RawServer.Answer error(String code) {
    return response(",\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"Some text\"}");
  }

  private static Outcome noCredential(String action) {
    return new Outcome.AccountTrouble(
        Reason.CREDENTIALS_NOT_FOUND,
        new Answer(action, Optional.of("ClientError.CredentialNotFound"), Optional.empty()));
  }
}
