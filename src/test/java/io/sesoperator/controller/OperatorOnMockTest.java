package io.sesoperator.controller;

import static io.sesoperator.api.Reason.ACCOUNT_NOT_FOUND;
import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.CONFLICT;
import static io.sesoperator.api.Reason.INVALID_PASSWORD;
import static io.sesoperator.api.Reason.SECRET_NOT_FOUND;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.MockApiServer;
import io.sesoperator.testing.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole operator in a second or so, where no real API server can be had. */
class OperatorOnMockTest {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  private final MockApiServer server = new MockApiServer();
  private final World world;
  private final Mailbox box;

  OperatorOnMockTest() throws Exception {
    this.world = World.on(server);
    this.box = world.mailbox("shop");
  }

  @AfterEach
  void close() {
    world.close();
    server.close();
  }

  @Test
  void waitsForAccountAndSecretAndPushesOnce() {
    box.withCredential().await(ACCOUNT_NOT_FOUND);
    world.withAccount();
    assertThatStatus(box.await(SECRET_NOT_FOUND)).isWaiting(SECRET_NOT_FOUND);
    box.withPassword(PASSWORD);

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void writesNothingWhenOnlyALabelOfTheSecretChanges() {
    world.withAccount();
    box.withPassword(PASSWORD).withCredential().awaitApplied(PASSWORD);
    String version = box.credential().get().getMetadata().getResourceVersion();
    List<SmtpCredentialStatus> before = box.history();

    box.secret()
        .edit(secret ->
            new SecretBuilder(secret).editMetadata().addToLabels("a", "b").endMetadata().build());
    world.awaitIdle();

    assertThat(box.credential().get().getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(box.history()).startsWith(before.toArray(SmtpCredentialStatus[]::new));
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void refusesAPasswordThatBreaksTheRuleUntilItIsCorrected() {
    world.withAccount();
    box.withPassword("short").withCredential();

    assertThatStatus(box.await(INVALID_PASSWORD)).isStalled(INVALID_PASSWORD);
    box.withPassword(PASSWORD);

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void sendsTheSameValueAgainAfterALostReply() {
    world.withAccount();
    world.ses().faults().loseReply();

    SmtpCredentialStatus applied = box.withPassword(PASSWORD).withCredential().await(APPLIED);

    assertThatStatus(box.awaitSeen(SES_UNAVAILABLE)).isRetrying(SES_UNAVAILABLE);
    assertThat(applied.applied().orElseThrow().outcome()).isEqualTo("Unchanged");
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void leavesTheAddressToTheOlder() {
    world.withAccount();
    box.withPassword(PASSWORD).withCredential().awaitApplied(PASSWORD);
    box.awaitLaterSecond();
    Mailbox younger = box.rival(world.tenant(), "younger").withPassword(OTHER);

    younger.withCredential().await(CONFLICT);
    box.credential().delete();

    younger.awaitApplied(OTHER);
  }
}
