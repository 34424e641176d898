package io.sesoperator.controller;

import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody changes something at SES, and somebody asks the operator to look or to push. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {

  /** Until a list of senders counts, and no older request can arrive any more. */
  private static final Duration LATER = Duration.ofMinutes(7);

  private final World world;
  private int tokens;

  DriftIT(RealApiServer server) throws Exception {
    world = World.on(server).withAccount();
    world.sesAccount().await(Reason.AVAILABLE);
  }

  @AfterAll
  void end() {
    world.close();
  }

  @Test
  void tellsThatTheSenderWasMadeAnewAndLeavesItAtThat() {
    Mailbox mailbox = applied("anew", "driftPolicy: Report");

    world.ses().senders().recreate(mailbox.address());
    SmtpCredentialStatus status = look(mailbox);

    assertThat(drift(status)).contains("SenderRecreated");
    assertThatStatus(status).isApplied();
    assertThat(mailbox.calls()).hasSize(1);
  }

  @Test
  void tellsThatTheSenderIsGoneUntilItIsBack() {
    Mailbox mailbox = applied("gone", "driftPolicy: Report");

    world.ses().senders().delete(mailbox.address());
    assertThat(drift(look(mailbox))).contains("SenderMissing");

    world.ses().senders().add(mailbox.address());
    assertThat(drift(look(mailbox))).contains("SenderRecreated");

    force(mailbox);
    assertThat(mailbox.await(status -> drift(status).isEmpty()).applied())
        .map(Applied::outcome)
        .contains("Changed");
  }

  @Test
  void saysNothingOfDriftThatIsIgnored() {
    Mailbox mailbox = applied("ignored", "driftPolicy: Ignore");

    world.ses().senders().recreate(mailbox.address());

    assertThat(drift(look(mailbox))).isEmpty();
  }

  @Test
  void setsThePasswordAgainWhereThatIsWanted() {
    String password = Canary.password();
    Mailbox mailbox = applied("enforced", password, "driftPolicy: Enforce");

    world.ses().senders().recreate(mailbox.address());
    look(mailbox);

    mailbox.awaitApplied(password);
    assertThatStatus(mailbox.awaitSeen(Reason.CORRECTING_DRIFT))
        .isProgressing(Reason.CORRECTING_DRIFT);
    assertThat(mailbox.calls()).extracting(Call::result).containsExactly("", "");
  }

  @Test
  void learnsByAskingWhatNoLoginIsMadeFor() {
    String password = Canary.password();
    Mailbox mailbox = applied("asked", password, "driftPolicy: Enforce", "verification: Disabled");
    look(mailbox);
    assertThat(mailbox.calls())
        .extracting(Call::result)
        .containsExactly("", "OperationDenied.RepeatPassWord");
    final SmtpCredentialStatus quiet = mailbox.status();

    world.ses().senders().setOutOfBand(mailbox.address(), Canary.password());
    world.passTime(LATER);
    look(mailbox);

    SmtpCredentialStatus status = mailbox.awaitApplied(password);
    assertThat(mailbox.calls()).extracting(Call::result).last().isEqualTo("");
    assertThat(status.applied().orElseThrow().outcome()).isEqualTo("Changed");
    assertThat(status.applied().orElseThrow().time()).isAfter(quiet.applied().orElseThrow().time());
    Awaitility.await("the event").until(() -> isTold(mailbox, Reason.DRIFT_CORRECTED));
  }

  @Test
  void pushesNothingForASenderThatIsGoneAndSetsThePasswordWhenItIsBack() {
    String password = Canary.password();
    Mailbox mailbox = applied("back", password, "driftPolicy: Enforce");

    world.ses().senders().delete(mailbox.address());
    look(mailbox);
    mailbox.await(Reason.SENDER_MISSING);
    assertThat(mailbox.calls()).hasSize(1);

    world.ses().senders().add(mailbox.address());
    look(mailbox);
    mailbox.awaitApplied(password);
  }

  @Test
  void stopsWhenSomebodyElseChangesItAgainAndAgain() {
    String password = Canary.password();
    Mailbox mailbox = applied("contended", password, "driftPolicy: Enforce");

    for (int correction = 1; correction <= 3; correction++) {
      world.ses().senders().recreate(mailbox.address());
      look(mailbox);
      mailbox.awaitApplied(password);
      world.passTime(LATER);
    }
    world.ses().senders().recreate(mailbox.address());
    look(mailbox);

    assertThatStatus(mailbox.await(Reason.CONTENDED)).isStalled(Reason.CONTENDED);
    assertThat(mailbox.calls()).hasSize(4);
  }

  @Test
  void pushesAtOnceWhenAsked() {
    String password = Canary.password();
    Mailbox mailbox = applied("forced", password, "driftPolicy: Report");
    world.ses().senders().setOutOfBand(mailbox.address(), Canary.password());

    String token = force(mailbox);

    SmtpCredentialStatus status =
        mailbox.await(it -> it.lastHandledForceAt().equals(Optional.of(token)));
    mailbox.awaitApplied(password);
    assertThat(status.applied().orElseThrow().outcome()).isEqualTo("Changed");
    assertThat(status.applied().orElseThrow().revision()).isEqualTo(1);
    assertThat(mailbox.calls()).hasSize(2);
  }

  @Test
  void listsOnceForAllWhoAskAtTheSameTime() {
    List<Mailbox> mailboxes =
        IntStream.range(0, 20)
            .mapToObj(number -> world.mailbox("many-" + number))
            .map(mailbox -> mailbox.withPassword(Canary.password()).withCredential())
            .toList();
    mailboxes.forEach(mailbox -> mailbox.await(Reason.APPLIED));
    world.passTime(LATER);
    long before = lists();

    List<String> asked = mailboxes.stream().map(this::ask).toList();

    IntStream.range(0, asked.size())
        .forEach(number -> awaitLook(mailboxes.get(number), asked.get(number)));
    assertThat(lists() - before).isEqualTo(1);
  }

  private Mailbox applied(String name, String policy) {
    return applied(name, Canary.password(), policy);
  }

  private Mailbox applied(String name, String password, String... lines) {
    Mailbox mailbox = world.mailbox(name).withPassword(password).withCredential(lines);
    mailbox.awaitApplied(password);
    world.passTime(LATER);
    return mailbox;
  }

  private SmtpCredentialStatus look(Mailbox mailbox) {
    world.passTime(Duration.ofSeconds(11)); // a list that is younger would do
    return awaitLook(mailbox, ask(mailbox));
  }

  private String ask(Mailbox mailbox) {
    return annotate(mailbox, "reconcile.fluxcd.io/requestedAt");
  }

  private String force(Mailbox mailbox) {
    return annotate(mailbox, "reconcile.fluxcd.io/forceAt");
  }

  private String annotate(Mailbox mailbox, String annotation) {
    String token = "token-" + tokens++;
    mailbox.patch("{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(annotation, token));
    return token;
  }

  private static SmtpCredentialStatus awaitLook(Mailbox mailbox, String token) {
    mailbox.await(status -> status.lastHandledReconcileAt().equals(Optional.of(token)));
    return mailbox.status();
  }

  private boolean isTold(Mailbox mailbox, Reason reason) {
    return world
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(world.tenant())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(mailbox.name()))
        .anyMatch(event -> event.getReason().equals(reason.wire()));
  }

  private long lists() {
    return world.ses().calls().all().stream()
        .filter(call -> call.action().equals("ListEmailAddress"))
        .count();
  }

  private static Optional<String> drift(SmtpCredentialStatus status) {
    return status.condition(Condition.DRIFTED).map(Condition::reason);
  }
}
