package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.CHANGE_PLANNED;
import static io.sesoperator.api.Reason.SECRET_NOT_FOUND;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.PlanVerdict;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The spec says to hold back, or asks for more than this version can do. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpecFaultsIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  private final World world;

  SpecFaultsIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void leavesASuspendedCredentialAloneUntilItIsResumed() {
    Mailbox box = world.mailbox("asleep").withPassword(PASSWORD).withCredential("suspend: true");
    world.awaitIdle();
    assertThat(box.status()).isEqualTo(SmtpCredentialStatus.NONE);

    box.patch("spec: {suspend: false}");

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void stopsTryingWhileSuspendedAndLeavesStatusAsItWas() {
    Mailbox box = world.mailbox("tired").withPassword(PASSWORD);
    world.ses().faults().writes().to(box.address()).always().answerStatus(503);
    box.withCredential().await(status -> status.failures() >= 1);

    box.patch("spec: {suspend: true}");
    world.awaitIdle();
    SmtpCredentialStatus before = box.status();
    int calls = box.calls().size();
    box.withPassword(OTHER).withPassword(PASSWORD);
    world.awaitIdle();

    assertThatStatus(box.status()).isRetrying(SES_UNAVAILABLE);
    assertThat(box.status()).isEqualTo(before);
    assertThat(box.calls()).hasSize(calls);

    world.ses().faults().clear();
    box.patch("spec: {suspend: false}");

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(calls + 1);
  }

  @Test
  void onlyTellsInModePlanWhatItWouldDo() {
    Mailbox box = world.mailbox("planned").withPassword(PASSWORD).withCredential("mode: Plan");

    SmtpCredentialStatus planned = box.await(CHANGE_PLANNED);

    assertThatStatus(planned)
        .isProgressing(CHANGE_PLANNED)
        .says("Secret planned would be set at SES. Set spec.mode to Apply");
    assertThat(planned.plan()).contains(new PlanVerdict("Change", "ChangePlanned"));
    world.awaitIdle();
    assertThat(box.calls()).isEmpty();

    box.patch("spec: {mode: Apply}");

    assertThat(box.awaitApplied(PASSWORD).plan()).isEmpty();

    box.patch("spec: {mode: Plan}");

    SmtpCredentialStatus unchanged = box.await(status -> status.plan().isPresent());
    assertThatStatus(unchanged).isApplied();
    assertThat(unchanged.plan()).contains(new PlanVerdict("NoChange", "Applied"));
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void tellsInModePlanWhatKeepsItFromTelling() {
    Mailbox box = world.mailbox("unplanned").withCredential("mode: Plan");

    SmtpCredentialStatus waiting = box.await(SECRET_NOT_FOUND);

    assertThat(waiting.plan()).contains(new PlanVerdict("Unknown", "SecretNotFound"));
  }

  @Test
  void worksWithFieldsThatItDoesNotKnow() {
    Mailbox box =
        world
            .mailbox("modern")
            .withPassword(PASSWORD)
            .withCredential("hologram: {depth: [1, 2]}", "colour: blue");

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThatStatus(box.await(APPLIED)).isApplied();
  }
}
