package io.sesoperator.controller;

import static io.sesoperator.api.Reason.ACCOUNT_NOT_READY;
import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.CLOCK_SKEW;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Unsettled;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.FaultScript;
import io.sesoperator.simulator.Hold;
import io.sesoperator.simulator.LateDelivery;
import io.sesoperator.testing.Account;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SES is away, lives at another time, or does things later than it was asked to. */
@ExtendWith(RealApiServerExtension.class)
class SesOutageIT {

  private static final String PASSWORD = Canary.password();
  private static final String OTHER = Canary.password();

  /** The least time between two changes of one credential. */
  private static final Duration CHANGE_INTERVAL = Duration.ofSeconds(5);

  private static final Duration SOON = Duration.ofSeconds(10);

  private final World world;
  private final Account account;
  private final FaultScript faults;
  private final Mailbox box;

  SesOutageIT(RealApiServer server) throws Exception {
    this.world = World.on(server);
    this.account = world.sesAccount();
    this.faults = world.ses().faults();
    this.box = world.mailbox("shop").withPassword(PASSWORD);
  }

  @AfterEach
  void close() {
    world.close();
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.argumentSet("down", (Consumer<FaultScript>) FaultScript::down),
        Arguments.argumentSet("unreachable", (Consumer<FaultScript>) FaultScript::unreachable));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void keepsTryingThroughAnOutageAndDoesNotBlameTheAccount(Consumer<FaultScript> outage) {
    world.withAccount();
    account.await(AVAILABLE);
    outage.accept(faults);

    SmtpCredentialStatus failed = box.withCredential().await(status -> status.failures() >= 1);
    faults.up();

    assertThatStatus(failed).isRetrying(SES_UNAVAILABLE).says("sent again at nextAttemptTime");
    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(account.resource().get().getStatus().condition(Condition.READY))
        .hasValueSatisfying(ready -> assertThat(ready.holds()).isTrue());
    assertThat(box.calls()).hasSizeBetween(2, 3);
  }

  @Test
  void makesNoCallForAPasswordBeforeTheAccountWasSeenToWork() {
    faults.down();
    world.withAccount();

    SesAccountStatus unanswered = account.await(SES_UNAVAILABLE);
    assertThat(unanswered.conditions())
        .extracting(Condition::type, Condition::status)
        .containsExactly(tuple("Ready", "False"), tuple("Reconciling", "True"));
    assertThatStatus(box.withCredential().await(ACCOUNT_NOT_READY)).isWaiting(ACCOUNT_NOT_READY);
    faults.up();
    account.setKeys(world.key().secretId() + " ", world.key().secretKey());

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void namesASkewedClockAndRecoversByItself() {
    world.withAccount();
    account.await(AVAILABLE);
    faults.skewClock(Duration.ofMinutes(10));

    assertThatStatus(box.withCredential().awaitSeen(CLOCK_SKEW))
        .isWaiting(CLOCK_SKEW)
        .says("AuthFailure.SignatureExpire", "Correct the clock of its node");
    SesAccountStatus skewed = account.await(CLOCK_SKEW);
    assertThat(skewed.clockSkewSeconds().orElseThrow()).isBetween(-600L, -540L);
    box.await(ACCOUNT_NOT_READY);

    faults.skewClock(Duration.ZERO);

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
    assertThat(account.await(AVAILABLE).clockSkewSeconds()).isEmpty();
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void doesNotWaitForATimeThatOnlyAWrongClockKnew() throws Exception {
    Duration day = Duration.ofDays(1);
    world.withAccount();
    account.await(AVAILABLE);
    world.passTime(day);
    faults.down();
    box.withCredential().await(status -> status.failures() >= 1);
    world.stopOperator();

    world.passTime(day.negated());
    faults.up();
    world.startOperatorAgain();

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
  }

  @Test
  void isNotMisledByADateHeaderAlone() {
    faults.skewDateHeader(Duration.ofHours(1));
    world.withAccount();

    assertThatStatus(box.withCredential().awaitApplied(PASSWORD)).isApplied();
    assertThat(account.await(AVAILABLE).clockSkewSeconds()).isEmpty();
  }

  @Test
  void isNotDisturbedByALateDuplicate() {
    world.withAccount();
    LateDelivery late = faults.writes().to(box.address()).deliverLate();
    SmtpCredentialStatus applied = box.withCredential().awaitApplied(PASSWORD);

    late.deliver();
    world.awaitIdle();

    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.status()).isEqualTo(applied);
    assertThat(box.calls())
        .extracting(Call::result)
        .containsExactly("", "OperationDenied.RepeatPassWord");
  }

  @Test
  void sendsAValueAgainOnceNoOlderRequestCanReplaceItAnyMore() {
    world.withAccount();
    LateDelivery late = faults.writes().to(box.address()).deliverLate();
    box.withCredential().awaitSeen(SES_UNAVAILABLE);
    world.passTime(CHANGE_INTERVAL);
    box.withPassword(OTHER);
    SmtpCredentialStatus applied = box.awaitApplied(OTHER);
    late.deliver();

    assertThat(box.holds(PASSWORD)).as("the older request came last").isTrue();
    assertThatStatus(applied).isApplied();
    assertThat(applied.nextAttemptTime()).isEqualTo(applied.unsettled().map(Unsettled::until));
    assertThat(applied.nextReason()).contains("Settle");

    world.passTime(Duration.ofMinutes(6));
    account.patch("spec: {requestsPerSecond: 19}"); // any event

    SmtpCredentialStatus settled = box.await(status -> status.unsettled().isEmpty());
    assertThatStatus(settled).isApplied();
    assertThat(settled.nextAttemptTime()).isEmpty();
    assertThat(box.holds(OTHER)).isTrue();
  }

  @Test
  void finishesTheCallOfACredentialThatIsDeletedMeanwhile() {
    world.withAccount();
    Hold hold = faults.writes().to(box.address()).hold();
    box.withCredential();
    hold.awaitArrival(SOON);

    box.credential().delete();
    hold.release();
    world.awaitIdle();

    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls()).hasSize(1);

    SmtpCredentialStatus again = box.withCredential().await(APPLIED);

    assertThat(again.applied().orElseThrow().outcome()).isEqualTo("Unchanged");
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void pushesTheNewerValueAfterTheCallThatItOvertook() {
    world.withAccount();
    Hold hold = faults.writes().to(box.address()).hold();
    box.withCredential();
    hold.awaitArrival(SOON);

    world.passTime(CHANGE_INTERVAL);
    box.withPassword(OTHER);
    hold.release();

    assertThatStatus(box.awaitApplied(OTHER)).isApplied();
    assertThat(box.calls()).hasSize(2);
  }
}
