package io.sesoperator.controller;

import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A resource is deleted, and its password with it, if that is wanted. */
@ExtendWith(RealApiServerExtension.class)
class RevokeIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();
  private static final String FINALIZER = "ses-operator.io/revoke";

  private final World world;
  private final Mailbox box;

  RevokeIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
    this.box = world.mailbox("shop").withPassword(PASSWORD);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void putsNoFinalizerOnWhatIsRetainedAndMakesNoCallWhenItIsDeleted() {
    box.withCredential().awaitApplied(PASSWORD);
    assertThat(finalizers()).isEmpty();

    box.credential().delete();
    awaitGone();
    world.awaitIdle();

    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void makesThePasswordWorthlessAndKeepsTheSender() {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);
    assertThat(finalizers()).containsExactly(FINALIZER);

    box.credential().delete();
    awaitGone();

    assertThat(box.holds(PASSWORD)).isFalse();
    assertThat(world.ses().senders().find(box.address())).isPresent();
    assertThat(box.calls()).extracting(Call::result).containsExactly("", "");
    awaitNote("Revoked: ");
  }

  @Test
  void revokesThoughItsSecretWentFirst() {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);

    box.secret().delete();
    box.credential().delete();
    awaitGone();

    assertThat(box.holds(PASSWORD)).isFalse();
  }

  @Test
  void takesTheFinalizerOffWhenItIsToBeRetainedAfterAll() {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);

    box.patch("spec: {deletionPolicy: Retain}");
    Awaitility.await("no finalizer").until(() -> finalizers().isEmpty());
    box.credential().delete();
    awaitGone();

    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void putsTheFinalizerOnWhatWasAppliedBefore() {
    box.withCredential().awaitApplied(PASSWORD);

    box.patch("spec: {deletionPolicy: Revoke}");

    Awaitility.await("the finalizer").until(() -> finalizers().contains(FINALIZER));
    assertThatStatus(box.status()).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void leavesThePasswordToTheNextOwnerOfTheAddress() {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);
    box.awaitLaterSecond();
    Mailbox heir = box.rival(world.tenant(), "heir").withPassword(OTHER).withCredential();
    heir.await(io.sesoperator.api.Reason.CONFLICT);

    box.credential().delete();
    awaitGone();

    heir.awaitApplied(OTHER);
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void doesNotRevokeWhatBelongsToAnOlderResource() {
    box.withCredential().awaitApplied(PASSWORD);
    box.awaitLaterSecond();
    Mailbox rival =
        box.rival(world.tenant(), "rival")
            .withPassword(OTHER)
            .withCredential("deletionPolicy: Revoke");
    rival.await(io.sesoperator.api.Reason.CONFLICT);

    rival.credential().delete();
    Awaitility.await("the end of the rival").until(() -> rival.credential().get() == null);

    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void triesUntilSesAnswersAgain() {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);
    world.ses().faults().writes().to(box.address()).times(2).answerStatus(503);

    box.credential().delete();
    awaitGone();

    assertThat(box.holds(PASSWORD)).isFalse();
    assertThat(box.calls()).hasSize(4);
  }

  @Test
  void letsTheResourceGoWhenSesStaysAway() throws Exception {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);
    world.ses().faults().writes().to(box.address()).always().answerWith("LimitExceeded");
    box.credential().delete();
    box.await(status -> status.failures() >= 1);

    world.stopOperator();
    world.passTime(Duration.ofMinutes(5));
    world.startOperatorAgain();

    awaitGone();
    awaitNote("RevokeFailed: ");
    assertThat(box.holds(PASSWORD)).isTrue();
  }

  @Test
  void revokesAfterARestartInTheMiddle() throws Exception {
    box.withCredential("deletionPolicy: Revoke").awaitApplied(PASSWORD);
    world.stopOperator();
    box.credential().delete();
    assertThat(box.credential().get().isMarkedForDeletion()).isTrue();

    world.startOperatorAgain();

    awaitGone();
    assertThat(box.holds(PASSWORD)).isFalse();
  }

  private List<String> finalizers() {
    return box.credential().get().getMetadata().getFinalizers();
  }

  private void awaitGone() {
    Awaitility.await("the end of " + box.name())
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          SmtpCredential left = box.credential().get();
          return left == null;
        });
  }

  /** An Event is told after what it tells of. */
  private void awaitNote(String start) {
    Awaitility.await("an Event " + start)
        .until(() -> notes().stream().anyMatch(note -> note.startsWith(start)));
  }

  /** Reason and text of each Event about the resource. */
  private List<String> notes() {
    return world
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(world.tenant())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(box.name()))
        .map(RevokeIT::note)
        .toList();
  }

  private static String note(Event event) {
    return event.getReason() + ": " + event.getNote();
  }
}
