package io.sesoperator.controller;

import static io.sesoperator.api.Reason.ACCOUNT_IN_ARREARS;
import static io.sesoperator.api.Reason.ACCOUNT_NOT_READY;
import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.NOT_AUTHORIZED;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Account;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SES refuses a whole account, or nobody gets an answer: one tries for all. */
@ExtendWith(RealApiServerExtension.class)
class BreakerIT {

  private static final String PASSWORD = Canary.password();
  private static final String UPDATE = "UpdateEmailSmtpPassWord";
  private static final int MANY = 12;

  private final World world;
  private final Account account;

  BreakerIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    this.account = world.sesAccount();
    account.await(AVAILABLE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void hasOneResourceTryForAllWhenAPermissionIsMissing() {
    world.ses().keys().deny(UPDATE);
    Mailbox first = world.mailbox("first").withPassword(PASSWORD).withCredential();
    assertThatStatus(first.awaitSeen(NOT_AUTHORIZED))
        .isWaiting(NOT_AUTHORIZED)
        .says("AuthFailure.UnauthorizedOperation, RequestId ", "ses:UpdateEmailSmtpPassWord");
    assertRefused(account.await(NOT_AUTHORIZED), "NotAuthorized");

    List<Mailbox> others = mailboxes();

    others.forEach(box ->
        assertThatStatus(box.awaitSeen(ACCOUNT_NOT_READY))
            .isWaiting(ACCOUNT_NOT_READY)
            .says("is not ready (NotAuthorized)"));
    awaitTrials(3);
    assertOneTriedAtATime();
    world.ses().keys().allow(UPDATE);

    others.forEach(box -> assertThatStatus(box.awaitApplied(PASSWORD)).isApplied());
    first.awaitApplied(PASSWORD);
    account.await(AVAILABLE);
  }

  @Test
  void hasOneResourceTryAfterARestartAsWell() throws Exception {
    world.ses().keys().deny(UPDATE);
    List<Mailbox> boxes = mailboxes();
    account.await(NOT_AUTHORIZED);
    boxes.forEach(box -> box.await(status -> status.nextAttemptTime().isEmpty()));
    world.stopOperator();
    world.ses().calls().clear();

    world.startOperatorAgain();

    awaitTrials(3);
    assertOneTriedAtATime();
    world.ses().keys().allow(UPDATE);
    boxes.forEach(box -> box.awaitApplied(PASSWORD));
  }

  @Test
  void recoversFromArrearsThatAListOfSendersDoesNotShow() {
    world.ses().faults().writes().times(2).answerWith("FailedOperation.InsufficientBalance");

    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();

    assertRefused(account.await(ACCOUNT_IN_ARREARS), "AccountInArrears");
    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(box.calls()).hasSize(3);
    account.await(AVAILABLE);
  }

  @Test
  void takesAnAccountForUsableAgainWhenNobodyIsLeftToTry() {
    world.ses().keys().deny(UPDATE);
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    account.await(NOT_AUTHORIZED);

    box.credential().delete();

    account.await(AVAILABLE);
  }

  @Test
  void stopsCallingInAnOutageAndTellsOnlyThoseWhoWait() {
    Mailbox idle = world.mailbox("idle").withPassword(PASSWORD).withCredential();
    idle.awaitApplied(PASSWORD);
    world.ses().faults().down();
    List<Mailbox> boxes = mailboxes();
    boxes.forEach(box -> box.await(status -> status.nextAttemptTime().isEmpty()));
    world.ses().calls().clear();

    boxes.forEach(box -> assertThatStatus(box.await(SES_UNAVAILABLE)).isWaiting(SES_UNAVAILABLE));
    assertThatStatus(idle.await(APPLIED)).isApplied();
    assertThat(account.await(AVAILABLE).condition(Condition.READY)).isPresent();
    awaitLists(2);
    assertThat(writes()).isEmpty();
    world.ses().faults().up();

    boxes.forEach(box -> assertThatStatus(box.awaitApplied(PASSWORD)).isApplied());
    assertThat(writes()).hasSize(MANY);
  }

  private List<Mailbox> mailboxes() {
    return IntStream.range(0, MANY)
        .mapToObj(i -> world.mailbox("box-" + i).withPassword(PASSWORD).withCredential())
        .toList();
  }

  private void awaitTrials(int count) {
    int before = writes().size();
    Awaitility.await(count + " trials")
        .atMost(Duration.ofSeconds(40))
        .until(() -> writes().size() >= before + count);
  }

  private void awaitLists(int count) {
    int before = calls("ListEmailAddress").size();
    Awaitility.await(count + " lists")
        .atMost(Duration.ofSeconds(40))
        .until(() -> calls("ListEmailAddress").size() >= before + count);
  }

  /**
   * One is let through each second at most; a call that is late makes the time to the next shorter.
   */
  private void assertOneTriedAtATime() {
    List<Call> trials = writes();
    Duration lasted = Duration.between(trials.getFirst().time(), trials.getLast().time());
    long secondsBegun = lasted.plusMillis(999).toSeconds();
    assertThat((long) trials.size()).isLessThanOrEqualTo(1 + secondsBegun);
  }

  private List<Call> writes() {
    return calls(UPDATE);
  }

  private List<Call> calls(String action) {
    return world.ses().calls().all().stream().filter(call -> call.action().equals(action)).toList();
  }

  private static void assertRefused(SesAccountStatus status, String reason) {
    assertThat(status.conditions())
        .extracting(Condition::type, Condition::status, Condition::reason)
        .containsExactlyInAnyOrder(
            tuple("Ready", "False", reason), tuple("Stalled", "True", reason));
    assertThat(status.lastCall().orElseThrow().action()).isEqualTo(UPDATE);
  }
}
