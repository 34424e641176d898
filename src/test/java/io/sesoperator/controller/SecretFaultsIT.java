package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.INVALID_PASSWORD;
import static io.sesoperator.api.Reason.SECRET_KEY_NOT_FOUND;
import static io.sesoperator.api.Reason.SECRET_NOT_FOUND;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.AuditLog;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Secret is missing, odd, late, gone or another one. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretFaultsIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  /** The least time between two changes of one credential. */
  private static final Duration CHANGE_INTERVAL = Duration.ofSeconds(5);

  private final RealApiServer server;
  private final World world;

  SecretFaultsIT(RealApiServer server) throws Exception {
    this.server = server;
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void waitsForAMissingSecretAndWakesAsSoonAsItIsThere() {
    Mailbox box = world.mailbox("late").withCredential();

    SmtpCredentialStatus waiting = box.await(SECRET_NOT_FOUND);

    assertThatStatus(waiting)
        .isWaiting(SECRET_NOT_FOUND)
        .says("Secret late does not exist. Create it");
    assertThat(deadline(waiting)).isBetween(Duration.ofSeconds(595), Duration.ofSeconds(602));
    assertThat(waiting.nextReason()).contains("Deadline");

    box.withPassword(PASSWORD);

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void stallsWhenTheSecretIsStillMissingAfterTenMinutesAndWakesAllTheSame() {
    Mailbox box = world.mailbox("very-late").withCredential();
    box.await(SECRET_NOT_FOUND);

    world.passTime(Duration.ofMinutes(10));
    world.sesAccount().patch("spec: {requestsPerSecond: 19}"); // any event

    assertThatStatus(box.await(status -> status.condition(Condition.STALLED).isPresent()))
        .isStalled(SECRET_NOT_FOUND);

    box.withPassword(PASSWORD);

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void takesNoSecretOfAnotherNamespace() {
    Mailbox box = world.mailbox("elsewhere");
    box.of(world.neighbour()).withPassword(PASSWORD);
    box.of(world.system()).withPassword(PASSWORD);

    box.withCredential().await(SECRET_NOT_FOUND);
    box.of(world.neighbour()).withPassword(OTHER);
    box.of(world.system()).withPassword(OTHER);
    world.awaitIdle();

    assertThatStatus(box.status()).isWaiting(SECRET_NOT_FOUND);
    assertThat(box.calls()).isEmpty();
  }

  @Test
  void waitsForAMissingKeyAndWakesAsSoonAsItIsThere() {
    Mailbox box = world.mailbox("keyless").withSecret("pass", bytes(PASSWORD)).withCredential();

    SmtpCredentialStatus waiting = box.await(SECRET_KEY_NOT_FOUND);

    assertThatStatus(waiting)
        .isWaiting(SECRET_KEY_NOT_FOUND)
        .says("Secret keyless has no key password. Add it");
    assertThat(deadline(waiting)).isBetween(Duration.ofSeconds(595), Duration.ofSeconds(602));

    box.withPassword(PASSWORD);

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  static Stream<Arguments> unusableValues() {
    return Stream.of(
        argumentSet("empty", "empty", new byte[0], "10 to 20 characters"),
        argumentSet("1 MiB", "huge", bytes("aB3".repeat(349_525) + "x"), "10 to 20 characters"),
        argumentSet("binary", "binary", binary(), "printable ASCII"),
        argumentSet("trailing newline", "newline", bytes(PASSWORD + "\n"), "end in a newline"),
        argumentSet("trailing CRLF", "crlf", bytes(PASSWORD + "\r\n"), "end in a newline"),
        argumentSet("inner space", "space", bytes("Ab12 Cd34Ef56"), "printable ASCII"),
        argumentSet("non-ASCII", "umlaut", bytes("Äb12Cd34Ef56"), "printable ASCII"),
        argumentSet("too weak", "weak", bytes("aaaaaaaaaa"), "2 different digits"));
  }

  @ParameterizedTest
  @MethodSource("unusableValues")
  void refusesAnUnusableValueWithoutACallUntilItIsCorrected(
      String name, byte[] value, String rule) {
    Mailbox box = world.mailbox(name).withSecret("password", value).withCredential();

    assertThatStatus(box.await(INVALID_PASSWORD))
        .isStalled(INVALID_PASSWORD)
        .says("Secret " + name + ", key password", rule, "Change the Secret");
    assertThat(box.calls()).isEmpty();

    box.withPassword(PASSWORD);

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void trimsATrailingNewlineWhereTheSpecSaysSo() {
    Mailbox box =
        world
            .mailbox("trimmed")
            .withSecret("password", bytes(PASSWORD + "\n"))
            .withCredential("trailingNewline: Trim");

    box.awaitApplied(PASSWORD);

    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void trimsNoMoreThanOneNewline() {
    Mailbox box =
        world
            .mailbox("newlines")
            .withSecret("password", bytes(PASSWORD + "\n\n"))
            .withCredential("trailingNewline: Trim");

    assertThatStatus(box.await(INVALID_PASSWORD)).isStalled(INVALID_PASSWORD);
    assertThat(box.calls()).isEmpty();
  }

  @Test
  void leavesSesAloneWhileTheSecretIsGoneAndWhenItComesBackTheSame() {
    Mailbox box = world.mailbox("back").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);

    box.secret().delete();

    assertThatStatus(box.await(SECRET_NOT_FOUND)).isWaiting(SECRET_NOT_FOUND);
    assertThat(box.holds(PASSWORD)).isTrue();

    box.withPassword(PASSWORD);

    assertThatStatus(box.await(APPLIED)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void pushesTheValueOfARecreatedSecretOnce() {
    Mailbox box = world.mailbox("recreated").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);
    world.passTime(CHANGE_INTERVAL);

    box.secret().delete();
    box.await(SECRET_NOT_FOUND);
    box.withPassword(OTHER);

    assertThat(box.awaitApplied(OTHER).applied().orElseThrow().revision()).isEqualTo(2);
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void followsARenamedReferenceAndForgetsTheFormerSecret() {
    Mailbox renamed = world.mailbox("renamed").withPassword(PASSWORD).withCredential();
    renamed.awaitApplied(PASSWORD);
    world.passTime(CHANGE_INTERVAL);
    renamed.withOtherSecret("successor", OTHER);

    renamed.patch("spec: {passwordSecretRef: {name: successor}}");

    assertThat(renamed.awaitApplied(OTHER).observedGeneration()).isEqualTo(2);
    assertThat(renamed.calls()).hasSize(2);

    renamed.secret().delete();
    world.awaitIdle();

    assertThatStatus(renamed.status()).isApplied();
    assertThat(renamed.calls()).hasSize(2);
  }

  @Test
  void doesNothingAtAllWhenOnlyALabelOfTheSecretChanges() {
    Mailbox box = world.mailbox("labelled").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);
    long before = server.audit().position();

    box.secret()
        .edit(secret ->
            new SecretBuilder(secret)
                .editMetadata()
                .addToLabels("team", "shop")
                .endMetadata()
                .build());
    world.awaitIdle();

    assertThat(box.calls()).hasSize(1);
    assertThat(server.audit().since(before))
        .filteredOn(AuditLog.Request::writes)
        .filteredOn(request -> request.name().equals(box.name()))
        .extracting(AuditLog.Request::resource)
        .containsExactly("secrets");
  }

  private static Duration deadline(SmtpCredentialStatus status) {
    return Duration.between(
        status.condition(Condition.READY).orElseThrow().lastTransitionTime(),
        status.nextAttemptTime().orElseThrow());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] binary() {
    byte[] value = new byte[16];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 17);
    }
    return value;
  }
}
