package io.sesoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.common.provider.CvmRoleCredential;
import io.sesoperator.testing.Canary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The official client as the judge of how roles are simulated. Its {@code OIDCRoleArnProvider}
 * calls {@code https://sts.tencentcloudapi.com} and nothing else, so what it is made of makes the
 * same call here. Its {@code CvmRoleCredential} reads one fixed page over plain http, so here the
 * simulator stands in as the proxy.
 */
class OfficialSdkRolesTest {

  private static final String ROLE = "qcs::cam::uin/100000000001:roleName/mailer";
  private static final String TOKEN = Canary.secretKey();
  private static final String METADATA = "metadata.tencentyun.com";

  private final ProxySelector usual = ProxySelector.getDefault();
  private final Simulator simulator = Simulator.start(SimulatorOptions.standard());

  /** A request without parameters of its own. */
  private static final class Request extends AbstractModel {
    @Override
    protected void toMap(HashMap<String, String> map, String prefix) {}
  }

  @BeforeEach
  void trust() {
    simulator.roles().trust(ROLE, "tke", TOKEN);
  }

  @AfterEach
  void stop() {
    ProxySelector.setDefault(usual);
    simulator.close();
  }

  @Test
  void assumesARoleByItsToken() throws Exception {
    JsonNode response = Caller.JSON.readTree(assume(TOKEN)).path("Response");

    AccessKey key = simulator.roles().issued().getFirst();
    JsonNode credentials = response.path("Credentials");
    assertThat(credentials.path("TmpSecretId").asText()).isEqualTo(key.secretId());
    assertThat(credentials.path("TmpSecretKey").asText()).isEqualTo(key.secretKey());
    assertThat(credentials.path("Token").asText()).isEqualTo(key.token().orElseThrow());
    assertThat(response.path("ExpiredTime").isIntegralNumber()).isTrue();
  }

  @Test
  void isToldOfAWrongToken() {
    assertThat(
            catchThrowableOfType(TencentCloudSDKException.class, () -> assume("another"))
                .getErrorCode())
        .isEqualTo("InvalidParameter.WebIdentityTokenError");
  }

  @Test
  void readsTheRoleOfTheMachine() {
    simulator.roles().bind("machine");
    ProxySelector.setDefault(new ToTheSimulator());

    CvmRoleCredential credential = new CvmRoleCredential();

    String id = credential.getSecretId();
    AccessKey key = simulator.roles().issued().getFirst();
    assertThat(id).isEqualTo(key.secretId());
    assertThat(credential.getSecretKey()).isEqualTo(key.secretKey());
    assertThat(credential.getToken()).isEqualTo(key.token().orElseThrow());
    assertThat(simulator.calls().all()).hasSize(2);
  }

  private String assume(String token) throws TencentCloudSDKException {
    HttpProfile http = new HttpProfile();
    http.setProtocol("http://");
    http.setEndpoint(simulator.endpoint().getAuthority());
    Request request = new Request();
    request.setSkipSign(true);
    Map.of("ProviderId", "tke", "WebIdentityToken", token, "RoleArn", ROLE).forEach(request::set);
    request.set("RoleSessionName", "tencentcloud-java-sdk-1700000000000000");
    request.set("DurationSeconds", 7200L);
    return new CommonClient(
            "sts",
            "2018-08-13",
            new Credential("", ""),
            "ap-guangzhou",
            new ClientProfile("TC3-HMAC-SHA256", http))
        .commonRequest(request, "AssumeRoleWithWebIdentity");
  }

  private final class ToTheSimulator extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return METADATA.equals(uri.getHost())
          ? List.of(
              new Proxy(
                  Proxy.Type.HTTP,
                  new InetSocketAddress("127.0.0.1", simulator.endpoint().getPort())))
          : usual.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      usual.connectFailed(uri, address, e);
    }
  }
}
