package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.PASSWORD_REJECTED;
import static io.sesoperator.api.Reason.SENDER_NOT_FOUND;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.api.Reason.THROTTLED;
import static io.sesoperator.api.Reason.UNKNOWN_ERROR;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.FaultSetup;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One call to SES goes wrong, in every way it can. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SesFaultsIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  /** Beyond the 15 seconds that a call may take. */
  private static final Duration TOO_SLOW = Duration.ofSeconds(16);

  private final World world;

  // Begun first and looked at last, since it takes so long.
  private final Mailbox slow;

  SesFaultsIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
    this.slow = world.mailbox("slow").withPassword(PASSWORD);
    nextCall(slow).slow(TOO_SLOW);
    slow.withCredential();
  }

  @AfterAll
  void close() {
    world.close();
  }

  static Stream<Arguments> notApplied() {
    return Stream.of(
        fault("connection closed", FaultSetup::close, SES_UNAVAILABLE, "ClientError.NetworkError"),
        fault("status 500", status(500), SES_UNAVAILABLE, "ClientError.HttpStatusCode"),
        fault("status 502", status(502), SES_UNAVAILABLE, "ClientError.HttpStatusCode"),
        fault("status 503", status(503), SES_UNAVAILABLE, "ClientError.HttpStatusCode"),
        fault("HTML", FaultSetup::answerHtml, SES_UNAVAILABLE, "ClientError.InvalidResponse"),
        fault("{}", FaultSetup::answerEmptyObject, SES_UNAVAILABLE, "ClientError.InvalidResponse"),
        fault("internal error", code("InternalError"), SES_UNAVAILABLE, "InternalError, RequestId"),
        fault("too many", code("RequestLimitExceeded"), THROTTLED, "RequestLimitExceeded, Req"),
        fault("unknown code", code("Brand.New"), UNKNOWN_ERROR, "(Brand.New, RequestId", "report"));
  }

  @ParameterizedTest
  @MethodSource("notApplied")
  void triesAgainAfterACallThatChangedNothing(
      Consumer<FaultSetup> fault, Reason reason, String[] message) {
    Mailbox box = newMailbox();
    fault.accept(nextCall(box));

    SmtpCredentialStatus applied = box.withCredential().awaitApplied(PASSWORD);

    assertThatStatus(box.awaitSeen(reason)).isRetrying(reason).says(message);
    assertThatStatus(applied).isApplied();
    assertThat(applied.applied().orElseThrow().outcome()).isEqualTo("Changed");
    assertThat(box.calls()).hasSize(2);
  }

  static Stream<Arguments> applied() {
    return Stream.of(
        fault("reply lost", FaultSetup::close, SES_UNAVAILABLE, "ClientError.NetworkError"),
        fault("reply cut", FaultSetup::cutReply, SES_UNAVAILABLE, "ClientError.InvalidResponse"),
        fault("status 500", status(500), SES_UNAVAILABLE, "ClientError.HttpStatusCode"),
        fault("HTML", FaultSetup::answerHtml, SES_UNAVAILABLE, "ClientError.InvalidResponse"),
        fault("{}", FaultSetup::answerEmptyObject, SES_UNAVAILABLE, "ClientError.InvalidResponse"),
        fault("internal error", code("InternalError"), SES_UNAVAILABLE, "InternalError, RequestId"),
        fault("unknown code", code("Brand.New"), UNKNOWN_ERROR, "(Brand.New, RequestId"));
  }

  @ParameterizedTest
  @MethodSource("applied")
  void takesTheSameValueForAppliedWhenItsAnswerWasSpoiled(
      Consumer<FaultSetup> fault, Reason reason, String[] message) {
    Mailbox box = newMailbox();
    fault.accept(nextCall(box).afterApplying());

    SmtpCredentialStatus applied =
        box.withCredential().await(status -> status.applied().isPresent());

    assertThatStatus(box.awaitSeen(reason)).isRetrying(reason).says(message);
    assertThatStatus(applied).isApplied();
    assertThat(applied.applied().orElseThrow().outcome()).isEqualTo("Unchanged");
    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void goesOnTryingForAsLongAsItTakesAndCountsTheFailures() {
    Mailbox box = newMailbox();
    nextCall(box).times(2).answerStatus(503);

    box.withCredential();

    SmtpCredentialStatus second = box.awaitSeen(status -> status.failures() == 2);
    assertThatStatus(second).isRetrying(SES_UNAVAILABLE);
    assertThat(second.pending().orElseThrow().attempts()).isEqualTo(2);
    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(3);
  }

  @Test
  void waitsForASenderThatSesDoesNotKnowYet() {
    Mailbox box = world.mailbox("new", "new@mail.example.com").withPassword(PASSWORD);

    assertThatStatus(box.withCredential().await(SENDER_NOT_FOUND))
        .isRetrying(SENDER_NOT_FOUND)
        .says(
            "SES has no usable sender new@mail.example.com",
            "InvalidParameterValue.NoSuchSender, RequestId ",
            "Create and verify it");

    world.ses().senders().add("new@mail.example.com");

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSizeBetween(2, 4);
  }

  @Test
  void doesNotRepeatAValueThatSesRefused() {
    Mailbox box = newMailbox();
    nextCall(box).answerWith("InvalidParameterValue.InvalidSmtpPassWord");

    SmtpCredentialStatus refused = box.withCredential().await(PASSWORD_REJECTED);

    assertThatStatus(refused)
        .isStalled(PASSWORD_REJECTED)
        .says("InvalidParameterValue.InvalidSmtpPassWord, RequestId ", "Change the Secret");
    assertThat(refused.rejected().orElseThrow().errorCode()).endsWith("InvalidSmtpPassWord");
    world.awaitIdle();
    assertThat(box.calls()).hasSize(1);

    world.passTime(Duration.ofSeconds(5)); // until it may change again
    box.withPassword(OTHER);

    assertThatStatus(box.awaitApplied(OTHER)).isApplied();
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void pushesAtOnceWhenASecretComesBackInTheMiddleOfItsAttempts() {
    Mailbox box = newMailbox();
    nextCall(box).answerStatus(503);
    box.withCredential().awaitSeen(SES_UNAVAILABLE);

    box.secret().delete();
    box.await(Reason.SECRET_NOT_FOUND);
    box.withPassword(PASSWORD);

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void givesUpOnAnAnswerThatTakesTooLongAndAsksAgain() {
    SmtpCredentialStatus applied = slow.awaitApplied(PASSWORD);

    SmtpCredentialStatus failed = slow.awaitSeen(SES_UNAVAILABLE);
    assertThatStatus(failed).isRetrying(SES_UNAVAILABLE).says("ClientError.Timeout");
    assertThat(failed.lastCall().orElseThrow().requestId()).isEmpty();
    assertThatStatus(applied).isApplied();
    assertThatStatus(slow.await(APPLIED)).isApplied();
    assertThat(slow.calls()).hasSize(2);
  }

  private Mailbox newMailbox() {
    return world.mailbox("box-" + world.ses().senders().all().size()).withPassword(PASSWORD);
  }

  private FaultSetup nextCall(Mailbox box) {
    return world.ses().faults().writes().to(box.address());
  }

  private static Arguments fault(
      String name, Consumer<FaultSetup> fault, Reason reason, String... message) {
    return argumentSet(name, fault, reason, message);
  }

  private static Consumer<FaultSetup> status(int status) {
    return setup -> setup.answerStatus(status);
  }

  private static Consumer<FaultSetup> code(String code) {
    return setup -> setup.answerWith(code);
  }
}
