package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.testing.Observations;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {

  private static final Optional<LastCall> CALL =
      Optional.of(
          new LastCall("Push", Optional.of("req-7"), Optional.of("FailedOperation.X"), NOW));

  @ParameterizedTest
  @EnumSource
  void leavesNoPlaceholder(Reason reason) {
    for (Observations facts : new Observations[] {aCredential(), longest(), odd()}) {
      assertThat(Message.of(reason, facts.seen(), CALL)).doesNotContain("{", "}").endsWith(".");
      assertThat(Message.of(reason, facts.seen(), Optional.empty())).doesNotContain("{", "}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysShortWithTheLongestNames(Reason reason) {
    LastCall call =
        new LastCall("Push", Optional.of("r".repeat(36)), Optional.of("c".repeat(128)), NOW);

    assertThat(Message.of(reason, longest().seen(), Optional.of(call))).hasSizeLessThan(1024);
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of(
            Reason.APPLIED, "SES holds the password that is in Secret smtp, key password."),
        Arguments.of(
            Reason.SECRET_NOT_FOUND,
            "Secret smtp does not exist. Create it, or correct spec.passwordSecretRef.name."),
        Arguments.of(
            Reason.INVALID_PASSWORD,
            "The password in Secret smtp, key password, breaks SES's rule: two digits; two"
                + " capitals. Change the Secret."),
        Arguments.of(
            Reason.CONFLICT,
            "noreply@mail.example.com is managed by an older SmtpCredential, first. Delete one of"
                + " the two."),
        Arguments.of(
            Reason.PASSWORD_REJECTED,
            "SES refused the password in Secret smtp, key password (FailedOperation.X, RequestId"
                + " req-7). Change the Secret."));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void namesWhatTheReaderCanActOn(Reason reason, String message) {
    Observation seen =
        aCredential().secretBreaks("d1", "two digits", "two capitals").ownedBy("first").seen();

    assertThat(Message.of(reason, seen, CALL)).isEqualTo(message);
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    LastCall unanswered =
        new LastCall("Push", Optional.empty(), Optional.of("ClientError.NetworkError"), NOW);
    LastCall accepted = new LastCall("Push", Optional.of("req-7"), Optional.empty(), NOW);
    Observation seen = aCredential().seen();

    assertThat(Message.of(Reason.SES_UNAVAILABLE, seen, Optional.of(unanswered)))
        .contains("usable answer (ClientError.NetworkError).");
    assertThat(Message.of(Reason.SES_UNAVAILABLE, seen, Optional.of(accepted)))
        .contains("usable answer.");
    assertThat(Message.of(Reason.CONFLICT, seen, Optional.empty()))
        .contains("an older SmtpCredential.");
  }

  @Test
  void takesNamesAsTheyAre() {
    String message = Message.of(Reason.SECRET_KEY_NOT_FOUND, odd().seen(), CALL);

    assertThat(message).startsWith("Secret $1 has no key \\1$.");
  }

  private static Observations longest() {
    String name = "n".repeat(253);
    return aCredential()
        .withAddress("a".repeat(128))
        .withReference(name, name)
        .ownedBy(name)
        .secretBreaks(
            "d1",
            "between 10 and 20 characters",
            "only printable ASCII characters and no spaces",
            "at least 2 different digits",
            "at least 2 different lower-case letters",
            "at least 2 different upper-case letters",
            "no line break at the end (set trailingNewline: Trim to use it without)");
  }

  private static Observations odd() {
    return aCredential().withReference("$1", "\\1$").ownedBy("$0");
  }
}
