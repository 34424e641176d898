package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.ses.v20201002.SesClient;
import com.tencentcloudapi.ses.v20201002.models.EmailSender;
import com.tencentcloudapi.ses.v20201002.models.ListEmailAddressRequest;
import com.tencentcloudapi.ses.v20201002.models.UpdateEmailSmtpPassWordRequest;
import io.sesoperator.testing.Canary;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official client, unchanged but for its endpoint, as the judge of what is simulated. */
class OfficialSdkTest {

  private static final String ADDRESS = "noreply@mail.example.com";
  private static final String PASSWORD = Canary.password();
  private static final AccessKey KEY = SimulatorOptions.DEMO_KEY;

  private Simulator simulator;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.standard().withSenders(ADDRESS));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private SesClient client(AccessKey key) {
    HttpProfile http = new HttpProfile();
    http.setProtocol("http://");
    http.setEndpoint(LoopbackNames.NAME + ":" + simulator.endpoint().getPort());
    Credential credential =
        key.token()
            .map(token -> new Credential(key.secretId(), key.secretKey(), token))
            .orElseGet(() -> new Credential(key.secretId(), key.secretKey()));
    return new SesClient(
        credential, simulator.options().region(), new ClientProfile("TC3-HMAC-SHA256", http));
  }

  private static UpdateEmailSmtpPassWordRequest update(String password) {
    UpdateEmailSmtpPassWordRequest request = new UpdateEmailSmtpPassWordRequest();
    request.setEmailAddress(ADDRESS);
    request.setPassword(password);
    return request;
  }

  private static String codeOf(SesClient client, String password) {
    return catchThrowableOfType(
            TencentCloudSDKException.class, () -> client.UpdateEmailSmtpPassWord(update(password)))
        .getErrorCode();
  }

  @Test
  void setsAPassword() throws TencentCloudSDKException {
    String requestId = client(KEY).UpdateEmailSmtpPassWord(update("Ab12<&>Cd34Ef")).getRequestId();

    assertThat(simulator.senders().holds(ADDRESS, "Ab12<&>Cd34Ef")).isTrue();
    assertThat(simulator.calls().accepted(ADDRESS))
        .extracting(CallLog.Call::requestId)
        .containsExactly(requestId);
  }

  @Test
  void setsAPasswordWithATemporaryCredential() throws TencentCloudSDKException {
    AccessKey temporary = AccessKey.of("AKIDtemporary", "temporary-key").withToken("token");
    simulator.keys().put(temporary);

    assertThat(client(temporary).UpdateEmailSmtpPassWord(update(PASSWORD)).getRequestId())
        .isNotEmpty();
  }

  @Test
  void listsTheSenders() throws TencentCloudSDKException {
    SesClient client = client(KEY);
    client.UpdateEmailSmtpPassWord(update(PASSWORD));

    EmailSender[] senders =
        client.ListEmailAddress(new ListEmailAddressRequest()).getEmailSenders();

    assertThat(senders).hasSize(1);
    assertThat(senders[0].getEmailAddress()).isEqualTo(ADDRESS);
    assertThat(senders[0].getCreatedTimestamp())
        .isEqualTo(simulator.senders().all().getFirst().createdTimestamp());
  }

  @Test
  void isToldOfAWrongKey() {
    assertThat(codeOf(client(AccessKey.of(KEY.secretId(), "wrong")), PASSWORD))
        .isEqualTo("AuthFailure.SignatureFailure");
    assertThat(codeOf(client(AccessKey.of("AKIDnobody", "wrong")), PASSWORD))
        .isEqualTo("AuthFailure.SecretIdNotFound");
  }

  @Test
  void isToldOfASkewedClock() {
    simulator.faults().skewClock(Duration.ofSeconds(330));

    assertThat(codeOf(client(KEY), PASSWORD)).isEqualTo("AuthFailure.SignatureExpire");
  }

  @Test
  void isToldOfTheTwentyFirstRequestInASecond() throws TencentCloudSDKException {
    simulator.close();
    // The second doesn't end, however slow this machine is.
    Clock stopped = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
    simulator =
        Simulator.start(SimulatorOptions.standard().withSenders(ADDRESS).withClock(stopped));
    SesClient client = client(KEY);
    for (int i = 10; i < 30; i++) {
      client.UpdateEmailSmtpPassWord(update("Ab12Cd34Ef" + i));
    }

    assertThat(codeOf(client, "Zy98Xw76Vu54")).isEqualTo("RequestLimitExceeded");
  }

  @Test
  void isToldOfABadPasswordARepeatedOneAndAMissingSender() throws TencentCloudSDKException {
    SesClient client = client(KEY);
    client.UpdateEmailSmtpPassWord(update(PASSWORD));

    assertThat(codeOf(client, "123")).isEqualTo("InvalidParameterValue.InvalidSmtpPassWord");
    assertThat(codeOf(client, PASSWORD)).isEqualTo("OperationDenied.RepeatPassWord");
    simulator.senders().delete(ADDRESS);
    assertThat(codeOf(client, "Zy98Xw76Vu54")).isEqualTo("InvalidParameterValue.NoSuchSender");
  }
}
