package io.sesoperator.controller;

import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.CREDENTIALS_INVALID;
import static io.sesoperator.api.Reason.CREDENTIALS_NOT_FOUND;
import static io.sesoperator.api.Reason.CREDENTIALS_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Account;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An account that names no Secret: the operator finds its keys by itself, and they come and go. */
@ExtendWith(RealApiServerExtension.class)
class CredentialChainIT {

  private static final String ROLE = "qcs::cam::uin/100000000001:roleName/mailer";
  private static final String ALPHA = Canary.password();
  private static final String BRAVO = Canary.password();
  private static final String CHARLIE = Canary.password();

  @TempDir private Path directory;

  private final RealApiServer server;
  private final World world;
  private final Account account;
  private Mailbox box;

  CredentialChainIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
    this.account = world.withAccountOnly().sesAccount();
    account.patch("spec: {credentials: null}");
  }

  @BeforeEach
  void mountToken() throws IOException {
    rotateToken();
    box = world.mailbox("shop").withPassword(ALPHA).withCredential();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void worksByWorkloadIdentityThoughKeysEndAndTheTokenRotates() throws Exception {
    world.startOperatorIn(workloadIdentity(), world.settings());
    box.awaitApplied(ALPHA);

    world.passTime(Duration.ofMinutes(115));
    rotateToken();
    box.withPassword(BRAVO).awaitApplied(BRAVO);
    world.passTime(Duration.ofHours(3));
    box.withPassword(CHARLIE).awaitApplied(CHARLIE);

    assertThat(world.ses().calls().all()).extracting(Call::result).containsOnly("");
    assertThat(box.calls()).extracting(Call::secretId).isEqualTo(issuedIds());
    assertThat(issuedIds()).hasSize(3);
  }

  @Test
  void fetchesAnotherKeyOnceIfSesRefusesTheOneItHas() throws Exception {
    world.startOperatorIn(workloadIdentity(), world.settings());
    box.awaitApplied(ALPHA);

    world.ses().roles().endKeys();
    world.passTime(Duration.ofSeconds(10));
    box.withPassword(BRAVO).awaitApplied(BRAVO);

    assertThatStatus(box.awaitSeen(CREDENTIALS_INVALID)).isWaiting(CREDENTIALS_INVALID);
    assertThat(box.calls())
        .extracting(Call::result)
        .containsExactly("", "AuthFailure.TokenFailure", "");
    assertThat(issuedIds()).hasSize(2);
  }

  @Test
  void worksByTheRoleOfTheMachineIfThatIsAllowed() throws Exception {
    world.ses().roles().bind("machine");
    world.startOperatorIn(Map.of(), world.settings());
    assertThat(message(CREDENTIALS_NOT_FOUND)).contains("ClientError.CredentialNotFound");
    assertThat(world.ses().calls().all()).isEmpty();
    world.stopOperator();

    Map<Setting, String> allowed = new EnumMap<>(world.settings());
    allowed.put(Setting.CVM_ROLE, "true");
    world.startOperatorIn(Map.of(), allowed);

    box.awaitApplied(ALPHA);
    assertThat(box.calls()).extracting(Call::secretId).isEqualTo(issuedIds());
  }

  @Test
  void saysWhatKeepsItFromItsKeysUntilItHasThem() throws Exception {
    Files.delete(tokenFile());
    world.startOperatorIn(workloadIdentity(), world.settings());

    assertThat(message(CREDENTIALS_NOT_FOUND)).contains("ClientError.TokenFileUnreadable");

    Files.writeString(tokenFile(), Canary.secretKey());
    lookAgain(11);
    assertThat(message(CREDENTIALS_INVALID))
        .contains(
            "ClientError.StsRefused.InvalidParameter.WebIdentityTokenError",
            world.ses().calls().all().getLast().requestId());

    world.ses().faults().on("AssumeRoleWithWebIdentity").always().answerStatus(503);
    lookAgain(12);
    assertThat(message(CREDENTIALS_UNAVAILABLE))
        .contains("ClientError.StsUnavailable.HttpStatusCode");

    world.ses().faults().clear();
    rotateToken();
    lookAgain(13);
    account.await(AVAILABLE);
    box.awaitApplied(ALPHA);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void leaksNothingAsAProgramThatTellsEverything() {
    try (OperatorProcess _ =
        OperatorProcess.startIn(
            workloadIdentity(), server.config(), OperatorProcess.atTrace(world.settings()))) {
      box.awaitApplied(ALPHA);
      world.ses().roles().endKeys();
      box.withPassword(BRAVO).awaitApplied(BRAVO);
    }

    world.noteTokens();
    assertThat(issuedIds()).hasSize(2);
  }

  private Path tokenFile() {
    return directory.resolve("token");
  }

  private void rotateToken() throws IOException {
    String token = Canary.secretKey();
    world.ses().roles().trust(ROLE, "tke", token);
    Files.writeString(tokenFile(), token);
  }

  private Map<String, String> workloadIdentity() {
    return Map.of(
        "TKE_REGION",
        "ap-singapore",
        "TKE_PROVIDER_ID",
        "tke",
        "TKE_WEB_IDENTITY_TOKEN_FILE",
        tokenFile().toString(),
        "TKE_ROLE_ARN",
        ROLE);
  }

  /** Has the account checked at once, by a change of its spec. */
  private void lookAgain(int rate) {
    world.passTime(Duration.ofSeconds(10));
    account.patch("spec: {requestsPerSecond: %d}".formatted(rate));
  }

  private String message(Reason reason) {
    return account.await(reason).condition(Condition.READY).orElseThrow().message();
  }

  private List<String> issuedIds() {
    return world.ses().roles().issued().stream().map(AccessKey::secretId).toList();
  }
}
