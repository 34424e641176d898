package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Done;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.ses.SenderListing.Listed;
import io.sesoperator.ses.SenderListing.Unlisted;
import io.sesoperator.tencent.ClientError;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.Tc3Client;
import io.sesoperator.testing.RawServer;
import io.sesoperator.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * Whatever comes over the wire: an input that begins with {@code HTTP} is the whole answer, any
 * other the body of one with status 200.
 */
class SesClientFuzzTest {

  private static final byte[] PASSWORD = "any".getBytes(US_ASCII);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RawServer server = new RawServer();
  private final Tc3Client tencent = new Tc3Client(PATIENCE, PATIENCE, new TestClock());
  private final SesClient ses =
      new SesClient(
          tencent,
          server.endpoint(),
          SesRegion.SINGAPORE,
          () -> Lookup.of(Credential.of("AKIDfuzz", "fuzz", Optional.empty())),
          () -> true);

  private byte[] answer = {};

  SesClientFuzzTest() throws IOException {
    server.script(this::answer);
  }

  @AfterEach
  void close() throws IOException {
    tencent.close();
    server.close();
  }

  private boolean answer(Socket connection) throws IOException {
    server.script(this::answer);
    connection.getOutputStream().write(answer);
    return false;
  }

  @FuzzTarget
  void makesAValueOfWhateverIsAnswered(byte[] input) {
    answer = isWhole(input) ? input : withHead(input);
    server.requests.clear();

    SenderListing listing = ses.list();
    Outcome outcome = set();

    tellsNothingButCodes(answerOf(outcome));
    tellsNothingButCodes(answerOf(listing));
    if (isAnswered(answerOf(outcome)) && isAnswered(answerOf(listing))) {
      assertThat(isAccepted(outcome)).isIn(acceptedBy(listing));
    }
    if (isAccepted(outcome)) {
      assertThat(new String(answer, ISO_8859_1)).matches("(?s)HTTP/1\\.\\d +200\\b.*");
    }
  }

  private Outcome set() {
    try (Password password = Password.of(PASSWORD.clone())) {
      Outcome outcome = ses.set("noreply@mail.example.com", password);
      assertThat(password.bytes()).isEqualTo(PASSWORD);
      return outcome;
    }
  }

  /** A connection that the server closes may break under the next call. */
  private static boolean isAnswered(Answer answer) {
    return answer.errorCode().filter(code -> code.equals(ClientError.NETWORK_ERROR)).isEmpty();
  }

  private static boolean isAccepted(Outcome outcome) {
    return outcome instanceof Done(Effect effect, _) && effect == Effect.CHANGED;
  }

  /**
   * What the same answer may have said to another call: a yes can come with a list that is none.
   */
  private static List<Boolean> acceptedBy(SenderListing listing) {
    return switch (listing) {
      case Listed _ -> List.of(true);
      case Unlisted(Outcome outcome, _) -> {
        assertThat(outcome).isNotInstanceOf(Done.class);
        yield answerOf(outcome).errorCode().equals(Optional.of(ClientError.INVALID_RESPONSE))
            ? List.of(true, false)
            : List.of(false);
      }
    };
  }

  private static Answer answerOf(SenderListing listing) {
    return switch (listing) {
      case Listed listed -> listed.answer();
      case Unlisted(Outcome outcome, _) -> answerOf(outcome);
    };
  }

  private static Answer answerOf(Outcome outcome) {
    return switch (outcome) {
      case Done(_, Answer answer) -> answer;
      case Outcome.Refused(_, Answer answer) -> answer;
      case Outcome.NotYet(_, Answer answer) -> answer;
      case Outcome.AccountTrouble(_, Answer answer) -> answer;
      case Outcome.Throttled(Answer answer) -> answer;
      case Outcome.Ambiguous(Answer answer) -> answer;
      case Outcome.NotAttempted _,
          Outcome.Superseded _,
          Outcome.Deferred _,
          Outcome.LookedUp _,
          Outcome.LoggingIn _ ->
          throw new AssertionError("No call ends as " + outcome);
    };
  }

  private static void tellsNothingButCodes(Answer answer) {
    answer.errorCode().ifPresent(code -> assertThat(code).matches("[A-Za-z0-9_.]{1,100}"));
    answer.requestId().ifPresent(id -> assertThat(id).matches("[A-Za-z0-9_.-]{1,100}"));
  }

  private static boolean isWhole(byte[] input) {
    return new String(input, ISO_8859_1).startsWith("HTTP");
  }

  private static byte[] withHead(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(
        ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
    whole.writeBytes(body);
    return whole.toByteArray();
  }
}
