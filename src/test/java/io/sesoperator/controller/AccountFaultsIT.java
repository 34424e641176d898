package io.sesoperator.controller;

import static io.sesoperator.api.Reason.ACCOUNT_NOT_FOUND;
import static io.sesoperator.api.Reason.ACCOUNT_NOT_READY;
import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.CREDENTIALS_INVALID;
import static io.sesoperator.api.Reason.CREDENTIALS_NOT_FOUND;
import static io.sesoperator.api.Reason.ENDPOINT_NOT_ALLOWED;
import static io.sesoperator.api.Reason.QUOTA_WAIT;
import static io.sesoperator.api.Reason.SENDERS_UNKNOWN;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.Account;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The account is missing, its keys are, or they do not open SES's door. */
@ExtendWith(RealApiServerExtension.class)
class AccountFaultsIT {

  private static final String PASSWORD = Canary.password();
  private static final AccessKey NEW_KEY = AccessKey.of("AKIDsuccessor", Canary.secretKey());

  private final World world;
  private final AccessKey key;
  private final Account account;
  private final Mailbox box;

  AccountFaultsIT(RealApiServer server) throws Exception {
    this.world = World.on(server);
    this.key = world.key();
    this.account = world.sesAccount();
    this.box = world.mailbox("shop").withPassword(PASSWORD);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void waitsForAMissingAccountAndWakesAsSoonAsItIsThere() {
    box.withCredential();

    assertThatStatus(box.await(ACCOUNT_NOT_FOUND))
        .isWaiting(ACCOUNT_NOT_FOUND)
        .says("SesAccount " + world.account() + " does not exist. Create it");

    world.withAccount();

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void makesNoCallForAnAccountThatWentAndCameBack() {
    world.withAccount();
    box.withCredential().awaitApplied(PASSWORD);

    account.resource().delete();
    assertThatStatus(box.await(ACCOUNT_NOT_FOUND)).isWaiting(ACCOUNT_NOT_FOUND);
    world.withAccount();

    assertThatStatus(box.await(APPLIED)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void waitsForTheSecretWithTheKeys() {
    world.withAccount();
    account.deleteSecret();

    assertStalled(account.await(CREDENTIALS_NOT_FOUND), CREDENTIALS_NOT_FOUND, "create the Secret");
    assertThatStatus(box.withCredential().await(ACCOUNT_NOT_READY))
        .isWaiting(ACCOUNT_NOT_READY)
        .says(
            "SesAccount "
                + world.account()
                + " is not ready (CredentialsNotFound); its own status");

    account.setKeys(key.secretId(), key.secretKey());

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void waitsForTheMissingOneOfTwoKeys() {
    account.setSecret(Map.of("secretId", key.secretId()));
    world.withAccountOnly();
    box.withCredential();

    assertStalled(
        account.await(CREDENTIALS_NOT_FOUND), CREDENTIALS_NOT_FOUND, "secretId and secretKey");
    account.setKeys(key.secretId(), key.secretKey());

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void recoversWithinSecondsOnceAWrongKeyIsCorrected() {
    account.setKeys(key.secretId(), Canary.secretKey());
    world.withAccountOnly();
    box.withCredential();

    SesAccountStatus refused = account.await(CREDENTIALS_INVALID);
    assertStalled(
        refused,
        CREDENTIALS_INVALID,
        "AuthFailure.SignatureFailure",
        refused.lastCall().orElseThrow().requestId().orElseThrow(),
        "Correct the key");
    box.await(ACCOUNT_NOT_READY);
    assertThat(box.calls()).isEmpty();
    Instant corrected = Clock.systemUTC().instant();
    account.setKeys(key.secretId(), key.secretKey());

    Instant applied = box.awaitApplied(PASSWORD).applied().orElseThrow().time();
    assertThat(Duration.between(corrected, applied)).isLessThan(Duration.ofSeconds(5));
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void takesAnInvisibleNewlineAroundTheKeysForWhatItIs() {
    account.setKeys(key.secretId() + "\n", key.secretKey() + "\n");
    world.withAccountOnly();

    box.withCredential().awaitApplied(PASSWORD);
  }

  @Test
  void usesANewKeyFromTheNextCallOn() {
    world.withAccount();
    box.withCredential().awaitApplied(PASSWORD);

    world.ses().keys().put(NEW_KEY);
    account.setKeys(NEW_KEY.secretId(), NEW_KEY.secretKey());
    world.ses().keys().disable(key.secretId());
    Mailbox next = world.mailbox("next").withPassword(PASSWORD).withCredential();

    next.awaitApplied(PASSWORD);
    assertThat(next.calls()).extracting(Call::secretId).containsExactly(NEW_KEY.secretId());
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void stopsCallingOnceAKeyIsRevokedAndRecoversWithAnother() {
    world.withAccount();
    account.await(AVAILABLE);
    world.ses().keys().disable(key.secretId());

    box.withCredential();

    assertThatStatus(box.awaitSeen(CREDENTIALS_INVALID))
        .isWaiting(CREDENTIALS_INVALID)
        .says("AuthFailure.SecretIdNotFound");
    assertStalled(account.await(CREDENTIALS_INVALID), CREDENTIALS_INVALID, "SecretIdNotFound");
    assertThatStatus(box.await(ACCOUNT_NOT_READY)).isWaiting(ACCOUNT_NOT_READY);
    assertThat(box.calls()).hasSize(1);

    world.ses().keys().put(NEW_KEY);
    account.setKeys(NEW_KEY.secretId(), NEW_KEY.secretKey());

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(2);
  }

  @Test
  void worksWithoutThePermissionToListSenders() {
    world.ses().keys().deny("ListEmailAddress", "UnauthorizedOperation.CamNoAuth");
    world.withAccount();

    box.withCredential().awaitApplied(PASSWORD);

    assertThat(ready(account.await(SENDERS_UNKNOWN)).message())
        .contains("UnauthorizedOperation.CamNoAuth", "ses:ListEmailAddress");
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void keepsPasswordsFromPlainHttpBeyondLoopback() {
    world.withAccount();
    account.await(AVAILABLE);
    account.patch("spec: {endpoint: 'http://ses.example.com'}");

    assertStalled(account.await(ENDPOINT_NOT_ALLOWED), ENDPOINT_NOT_ALLOWED, "loopback");
    box.withCredential().await(ACCOUNT_NOT_READY);
    account.patch("spec: {endpoint: '%s'}".formatted(world.ses().endpoint()));

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void waitsForAnEndpointWhereNobodyListens() {
    world.withAccount();
    account.await(AVAILABLE);
    account.patch("spec: {endpoint: 'http://127.0.0.1:1'}");

    assertThat(ready(account.await(SES_UNAVAILABLE)).message())
        .contains("ClientError.ConnectFailed");
    assertThatStatus(box.withCredential().await(ACCOUNT_NOT_READY)).isWaiting(ACCOUNT_NOT_READY);
    account.patch("spec: {endpoint: '%s'}".formatted(world.ses().endpoint()));

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void keepsToAChangedRate() {
    world.withAccount();
    account.await(AVAILABLE);
    account.patch("spec: {requestsPerSecond: 1}");
    account.await(status -> status.observedGeneration() == 2);

    List<Mailbox> boxes =
        IntStream.rangeClosed(1, 3)
            .mapToObj(i -> world.mailbox("box-" + i).withPassword(PASSWORD).withCredential())
            .toList();
    boxes.forEach(one -> one.awaitApplied(PASSWORD));

    List<Instant> times =
        boxes.stream().flatMap(one -> one.calls().stream()).map(Call::time).sorted().toList();
    assertThat(times).hasSize(3);
    assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThan(Duration.ofSeconds(1));
    assertThat(Duration.between(times.get(1), times.get(2))).isGreaterThan(Duration.ofSeconds(1));
    Mailbox last = boxes.stream().max(Comparator.comparing(AccountFaultsIT::called)).orElseThrow();
    assertThatStatus(last.awaitSeen(QUOTA_WAIT)).isProgressing(QUOTA_WAIT);
  }

  @Test
  void findsOutAnewWhatAWipedStatusSaid() {
    world.withAccount();
    box.withCredential().awaitApplied(PASSWORD);

    account.patchStatus("status: null");

    account.await(AVAILABLE);
    assertThatStatus(box.await(APPLIED)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  private static Instant called(Mailbox box) {
    return box.calls().getLast().time();
  }

  private static void assertStalled(SesAccountStatus status, Reason reason, String... parts) {
    assertThat(status.conditions())
        .extracting(Condition::type, Condition::status, Condition::reason)
        .containsExactlyInAnyOrder(
            tuple("Ready", "False", reason.wire()), tuple("Stalled", "True", reason.wire()));
    Stream.of(parts).forEach(part -> assertThat(ready(status).message()).contains(part));
  }

  private static Condition ready(SesAccountStatus status) {
    return status.condition(Condition.READY).orElseThrow();
  }
}
