package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.kube.DigestKeys;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator remembers is lost: the same value is pushed once more, and SES has it. */
@ExtendWith(RealApiServerExtension.class)
class LostMemoryIT {

  private static final String PASSWORD = Canary.password();

  private final World world;
  private final Mailbox box;

  LostMemoryIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    this.box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void pushesOnceMoreWhenStatusIsWiped() {
    world.passTime(Duration.ofSeconds(5)); // until it may change again

    box.patchStatus("status: null");

    assertPushedOnceMore(box.await(LostMemoryIT::isApplied));
  }

  @Test
  void pushesOnceMoreWhenTheResourceIsRestoredWithoutItsStatus() {
    box.credential().delete();
    box.withCredential();

    assertPushedOnceMore(box.await(APPLIED));
  }

  @Test
  void pushesOnceMoreWhenTheDigestKeyIsLost() throws Exception {
    String digest = box.status().applied().orElseThrow().digest();
    world.stopOperator();
    world.client().secrets().inNamespace(world.system()).withName(DigestKeys.SECRET).delete();

    world.startOperatorAgain();

    SmtpCredentialStatus applied =
        box.await(
            status -> isApplied(status) && !status.applied().orElseThrow().digest().equals(digest));
    assertPushedOnceMore(applied);
  }

  @Test
  void pushesOnceMoreWhenSomebodyForgedTheDigest() throws Exception {
    String digest = box.status().applied().orElseThrow().digest();
    world.stopOperator();
    box.patchStatus("status: {applied: {digest: forged}}");

    world.startOperatorAgain();

    assertPushedOnceMore(
        box.await(
            status -> isApplied(status) && status.applied().orElseThrow().digest().equals(digest)));
  }

  private void assertPushedOnceMore(SmtpCredentialStatus applied) {
    assertThatStatus(applied).isApplied();
    assertThat(applied.applied().orElseThrow().outcome()).isEqualTo("Unchanged");
    assertThat(box.holds(PASSWORD)).isTrue();
    assertThat(box.calls())
        .extracting(Call::result)
        .containsExactly("", "OperationDenied.RepeatPassWord");
  }

  private static boolean isApplied(SmtpCredentialStatus status) {
    return status.applied().isPresent() && status.pending().isEmpty();
  }
}
