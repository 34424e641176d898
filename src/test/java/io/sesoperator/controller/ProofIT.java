package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.CallLog;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logins prove what SES accepted, at an SES that takes a while until a password works. */
@ExtendWith(RealApiServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofIT {

  private static final Duration PROPAGATION = Duration.ofSeconds(12);

  private final World world;
  private int tokens;

  ProofIT(RealApiServer server) throws Exception {
    world =
        World.on(
            server,
            options -> options.withRules(ServerRules.standard().withPropagation(PROPAGATION)));
    world.withAccount().sesAccount().await(Reason.AVAILABLE);
  }

  @AfterAll
  void end() {
    world.close();
  }

  @Test
  void isAskedForAndFoundOnceThePasswordWorks() {
    String password = Canary.password();
    Mailbox mailbox = mailbox("works", password, "verification: Report");

    assertThat(verified(mailbox.awaitApplied(password))).contains("Unknown/Verifying");
    SmtpCredentialStatus status = mailbox.await(it -> verified(it).equals("True/LoggedIn"));

    assertThat(status.verified().orElseThrow().revision()).isEqualTo(1);
    assertThat(status.verified().orElseThrow().host()).isEqualTo("localhost");
    assertThat(logins(mailbox)).extracting(CallLog.Login::accepted).containsExactly(true);
  }

  @Test
  void holdsReadyUpWhereItIsRequired() {
    Mailbox mailbox = mailbox("required", Canary.password(), "verification: Required");

    mailbox.await(Reason.VERIFYING);
    SmtpCredentialStatus status = mailbox.await(Reason.APPLIED);

    assertThat(verified(status)).isEqualTo("True/LoggedIn");
    assertThat(mailbox.history())
        .filteredOn(it -> it.applied().isPresent() && it.verified().isEmpty())
        .isNotEmpty()
        .noneMatch(it -> it.condition(Condition.READY).orElseThrow().holds());
  }

  @Test
  void isNotTriedWhereItIsDisabled() {
    String password = Canary.password();
    Mailbox mailbox = mailbox("disabled", password, "verification: Disabled");
    mailbox.awaitApplied(password);

    look(mailbox);

    assertThat(mailbox.status().condition(Condition.VERIFIED)).isEmpty();
    assertThat(logins(mailbox)).isEmpty();
  }

  @Test
  void tellsThatNoServerIsReachedWithoutHarm() {
    String password = Canary.password();
    Mailbox mailbox = mailbox("unreached", password, "verification: Report");
    world.ses().faults().smtp().to(mailbox.address()).always().lose();
    mailbox.awaitApplied(password);

    look(mailbox);

    SmtpCredentialStatus status =
        mailbox.await(it -> verified(it).equals("Unknown/SmtpUnreachable"));
    assertThat(status.condition(Condition.READY).orElseThrow().holds()).isTrue();
  }

  private Mailbox mailbox(String name, String password, String line) {
    return world.mailbox(name).withPassword(password).withCredential(line);
  }

  private void look(Mailbox mailbox) {
    String token = "token-" + tokens++;
    mailbox.patch(
        "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"%s\"}}}"
            .formatted(token));
    mailbox.await(status -> status.lastHandledReconcileAt().equals(Optional.of(token)));
  }

  private List<CallLog.Login> logins(Mailbox mailbox) {
    return world.ses().calls().logins().stream()
        .filter(login -> login.address().equals(mailbox.address()))
        .toList();
  }

  private static String verified(SmtpCredentialStatus status) {
    return status
        .condition(Condition.VERIFIED)
        .map(it -> it.status() + "/" + it.reason())
        .orElse("");
  }
}
