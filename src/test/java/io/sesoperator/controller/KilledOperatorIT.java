package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.simulator.Hold;
import io.sesoperator.testing.Cable;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.World;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator is killed (SIGKILL) at each step of a push, and another one starts. Nobody helps:
 * SES ends with the Secret's value, status says so, and each kill costs one more call at most.
 */
@ExtendWith(RealApiServerExtension.class)
class KilledOperatorIT {

  private static final String ALPHA = Canary.password();
  private static final String BRAVO = Canary.password();
  private static final String CHARLIE = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);

  private final RealApiServer server;
  private final World world;

  KilledOperatorIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void pushesAfterAKillBeforeTheCallAndItsBudget() throws Exception {
    Hold call = world.ses().faults().writes().to(World.ADDRESS).hold();
    world.ses().senders().add("other@mail.example.com");
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    allowOneRequestPerSecond();
    try (OperatorProcess operator = launch(server.config())) {
      call.awaitArrival(SOON);
      world.withCredential(
          "other", "emailAddress: other@mail.example.com", "passwordSecretRef: {name: smtp}");
      SmtpCredentialStatus waiting = world.awaitReason("other", "QuotaWait");
      operator.kill();

      assertThat(waiting.pending()).isPresent();
      assertThat(world.ses().calls().writes()).isEqualTo(1);
    }
    call.drop();

    world.startOperatorAgain();

    world.awaitReason("other", "Applied");
    assertConverged(ALPHA, 3);
    assertThat(world.ses().senders().holds("other@mail.example.com", ALPHA)).isTrue();
    assertThat(world.ses().calls().accepted("other@mail.example.com")).hasSize(1);
  }

  @Test
  void pushesAgainAfterAKillThatLosesTheCall() throws Exception {
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    killDuring(call);
    call.drop();

    world.startOperatorAgain();

    Applied applied = assertConverged(ALPHA, 2);
    assertThat(applied.outcome()).isEqualTo("Changed");
  }

  @Test
  void isNotTroubledByACallThatArrivesAfterTheNextOnes() throws Exception {
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    killDuring(call);

    world.startOperatorAgain();
    world.awaitApplied("noreply", ALPHA);
    call.release();

    assertConverged(ALPHA, 2);
  }

  @Test
  void learnsThatACallWasAppliedBeforeItsAnswerCame() throws Exception {
    Hold answer = world.ses().faults().holdAfterApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    killDuring(answer);
    answer.drop();

    world.startOperatorAgain();

    assertThat(assertConverged(ALPHA, 2).outcome()).isEqualTo("Unchanged");
  }

  @Test
  void learnsThatACallWasAppliedBeforeItsStatusWasWritten() throws Exception {
    Hold answer = world.ses().faults().holdAfterApplying();
    world.withAccount().withPassword("smtp", ALPHA).withCredential("noreply");
    try (Cable cable = Cable.to(server.config());
        OperatorProcess operator = launch(cable.through(server.config()))) {
      answer.awaitArrival(SOON);
      cable.swallow();
      answer.release();
      cable.awaitSwallowed();
      operator.kill();
    }
    SmtpCredentialStatus left = world.credential("noreply").statusOrNone();
    assertThat(left.pending()).isPresent();
    assertThat(left.applied()).isEmpty();

    world.startOperatorAgain();

    assertThat(assertConverged(ALPHA, 2).outcome()).isEqualTo("Unchanged");
  }

  @Test
  void pushesWhatTheSecretHoldsAfterTheKill() throws Exception {
    applyFirst(ALPHA);
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withPassword("smtp", BRAVO);
    killDuring(call);
    call.drop();
    world.withPassword("smtp", CHARLIE);

    world.startOperatorAgain();

    assertThat(assertConverged(CHARLIE, 3).revision()).isEqualTo(2);
  }

  @Test
  void goesBackToTheFormerValueThoughAnotherOneWasAppliedUnseen() throws Exception {
    applyFirst(ALPHA);
    Hold answer = world.ses().faults().holdAfterApplying();
    world.withPassword("smtp", BRAVO);
    killDuring(answer);
    answer.drop();
    assertThat(world.ses().senders().holds(World.ADDRESS, BRAVO)).isTrue();
    world.withPassword("smtp", ALPHA);

    world.startOperatorAgain();

    assertThat(assertConverged(ALPHA, 3).outcome()).isEqualTo("Changed");
  }

  @Test
  void correctsACallThatArrivesAfterANewerOne() throws Exception {
    applyFirst(ALPHA);
    Hold call = world.ses().faults().holdBeforeApplying();
    world.withPassword("smtp", BRAVO);
    killDuring(call);
    world.withPassword("smtp", ALPHA);
    world.startOperatorAgain();
    SmtpCredentialStatus doubtful = world.await("noreply", status -> status.pending().isEmpty());
    call.release();
    awaitHeld(BRAVO);
    assertThat(doubtful.nextReason()).contains("Settle");
    assertThat(doubtful.nextAttemptTime()).isEqualTo(doubtful.unsettled().map(Unsettled::until));

    world.passTime(Duration.ofMinutes(7));
    world.stopOperator();
    world.startOperatorAgain();

    awaitHeld(ALPHA);
    world.await("noreply", status -> status.unsettled().isEmpty());
    assertConverged(ALPHA, 4);
  }

  private void applyFirst(String password) throws Exception {
    world.withAccount().withPassword("smtp", password).withCredential("noreply");
    world.startOperatorAgain();
    world.awaitApplied("noreply", password);
    world.stopOperator();
  }

  private OperatorProcess launch(Config config) {
    return OperatorProcess.launch(config, OperatorProcess.atTrace(world.settings()));
  }

  private void killDuring(Hold call) {
    try (OperatorProcess operator = launch(server.config())) {
      call.awaitArrival(SOON);
      operator.kill();
    }
  }

  private void awaitHeld(String password) {
    Awaitility.await("the password at SES")
        .atMost(SOON)
        .until(() -> world.ses().senders().holds(World.ADDRESS, password));
  }

  private void allowOneRequestPerSecond() {
    world
        .client()
        .resources(SesAccount.class)
        .withName(world.account())
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"requestsPerSecond\":1}}");
  }

  /** All is as the Secret says, and not a call more was made once the operator has stopped. */
  private Applied assertConverged(String password, int calls) {
    world.awaitApplied("noreply", password);
    world.stopOperator();

    SmtpCredentialStatus status = world.credential("noreply").statusOrNone();
    StatusRules.check(world.credential("noreply"));
    assertThat(status.condition(Condition.READY)).get().matches(Condition::holds);
    assertThat(status.pending()).isEmpty();
    assertThat(status.failures()).isZero();
    assertThat(world.ses().senders().holds(World.ADDRESS, password)).isTrue();
    assertThat(world.ses().calls().writes()).isEqualTo(calls);
    return status.applied().orElseThrow();
  }
}
