package io.sesoperator.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.CredentialChain.Endpoints;
import io.sesoperator.tencent.CredentialSource.Found;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.CredentialSource.Missing;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source is asked, and what each has, with STS and the metadata service simulated. */
class CredentialChainTest {

  private static final String ROLE = "qcs::cam::uin/100000000001:roleName/mailer";
  private static final String TOKEN = Canary.secretKey();
  private static final Map<String, String> KEYS =
      Map.of("TENCENTCLOUD_SECRET_ID", "theId", "TENCENTCLOUD_SECRET_KEY", "theKey");

  @TempDir private Path directory;

  private final TestClock clock = new TestClock();
  private final Simulator simulator = Simulator.start(SimulatorOptions.standard().withClock(clock));
  private final Tc3Client client = Tc3Client.standard(clock);
  private Path tokenFile;

  @BeforeEach
  void mountToken() throws IOException {
    tokenFile = directory.resolve("token");
    Files.writeString(tokenFile, TOKEN);
    simulator.roles().trust(ROLE, "tke", TOKEN);
    simulator.roles().bind("machine");
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void prefersTheWorkloadIdentityToTheEnvironmentAndThatToTheRoleOfTheMachine() {
    Map<String, String> all = new HashMap<>(workloadIdentity());
    all.putAll(KEYS);

    assertThat(withMachine(all).current()).isEqualTo(lastIssued());
    assertThat(actions()).containsExactly("AssumeRoleWithWebIdentity");
    assertThat(withMachine(KEYS).current()).isEqualTo(key(Optional.empty()));
    assertThat(actions()).hasSize(1);
    assertThat(withMachine(Map.of()).current()).isEqualTo(lastIssued());
    assertThat(actions()).containsExactly("AssumeRoleWithWebIdentity", "metadata", "metadata");
  }

  @Test
  void neverAsksTheMetadataServiceUnlessTold() {
    assertThat(chain(Map.of()).current()).isEqualTo(missing("ClientError.CredentialNotFound"));
    assertThat(actions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TKE_REGION", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE", "TKE_ROLE_ARN"})
  void tellsOfAnIncompleteWorkloadIdentityThoughOtherSourcesHaveKeys(String variable) {
    Map<String, String> environment = new HashMap<>(workloadIdentity());
    environment.putAll(KEYS);

    environment.put(variable, " ");
    assertThat(withMachine(environment).current())
        .isEqualTo(missing("ClientError.WorkloadIdentityIncomplete"));
    environment.remove(variable);
    assertThat(withMachine(environment).current())
        .isEqualTo(missing("ClientError.WorkloadIdentityIncomplete"));
    assertThat(actions()).isEmpty();
  }

  @Test
  void tellsOfARegionThatNoHeaderCanCarry() {
    Map<String, String> environment = new HashMap<>(workloadIdentity());
    environment.put("TKE_REGION", "ap-\nsingapore");

    assertThat(chain(environment).current())
        .isEqualTo(missing("ClientError.WorkloadIdentityIncomplete"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"})
  void takesATokenByAnyOfItsNames(String variable) {
    Map<String, String> environment = new HashMap<>(KEYS);
    environment.put("TENCENTCLOUD_TOKEN", "");
    environment.put(variable, "theToken\n");

    assertThat(chain(environment).current()).isEqualTo(key(Optional.of("theToken")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"})
  void doesNotPassOverHalfAKeyInTheEnvironment(String variable) {
    assertThat(withMachine(Map.of(variable, "half")).current())
        .isEqualTo(missing("ClientError.CredentialNotFound"));
    assertThat(actions()).isEmpty();
  }

  @Test
  void readsTheTokenFileAnewForEachExchange() throws IOException {
    CredentialSource chain = chain(workloadIdentity());
    chain.current();
    String rotated = Canary.secretKey();
    simulator.roles().trust(ROLE, "tke", rotated);
    Files.writeString(tokenFile, rotated + "\n");

    clock.advance(Duration.ofMinutes(110));

    assertThat(chain.current()).isEqualTo(lastIssued());
    assertThat(simulator.roles().issued()).hasSize(2);
  }

  @Test
  void renewsTheRoleOfTheMachineFiveMinutesBeforeItsEnd() {
    CredentialSource chain = withMachine(Map.of());
    chain.current();

    clock.advance(Duration.ofMinutes(115).minusSeconds(1));
    chain.current();
    assertThat(simulator.roles().issued()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));

    assertThat(chain.current()).isEqualTo(lastIssued());
    assertThat(simulator.roles().issued()).hasSize(2);
  }

  @Test
  void replacesWhatAnApiRefused() {
    CredentialSource chain = chain(workloadIdentity());
    Credential first = ((Found) chain.current()).credential();

    chain.refused(first);

    assertThat(chain.current()).isEqualTo(lastIssued()).isNotEqualTo(new Found(first));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void tellsOfAnEmptyTokenFile(String content) throws IOException {
    Files.writeString(tokenFile, content);

    assertThat(chain(workloadIdentity()).current())
        .isEqualTo(missing("ClientError.TokenFileUnreadable"));
    assertThat(actions()).isEmpty();
  }

  @Test
  void tellsOfAMissingTokenFile() throws IOException {
    Files.delete(tokenFile);

    assertThat(chain(workloadIdentity()).current())
        .isEqualTo(missing("ClientError.TokenFileUnreadable"));
  }

  @Test
  void tellsThatStsKnowsNoSuchTokenAndWhichRequestThatWas() throws IOException {
    Files.writeString(tokenFile, "another");

    Call refused = lastCallOf(chain(workloadIdentity()));

    assertThat(refused.result()).isEqualTo("InvalidParameter.WebIdentityTokenError");
    assertThat(whyOf(chain(workloadIdentity())).code())
        .isEqualTo("ClientError.StsRefused.InvalidParameter.WebIdentityTokenError");
    assertThat(whyOf(chain(workloadIdentity())).requestId())
        .contains(simulator.calls().all().getLast().requestId());
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFound.RoleNotFound, StsRefused",
    "InvalidParameter.ParamError, StsRefused",
    "AuthFailure.UnauthorizedOperation, StsRefused",
    "InvalidParameters, StsUnavailable",
    "InternalError.GetRoleError, StsUnavailable",
    "RequestLimitExceeded, StsUnavailable",
    "BrandNew, StsUnavailable"
  })
  void tellsARefusalOfStsFromAnOutage(String code, String family) {
    simulator.faults().on("AssumeRoleWithWebIdentity").answerWith(code);

    assertThat(whyOf(chain(workloadIdentity())).code())
        .isEqualTo("ClientError." + family + "." + code);
  }

  @Test
  void takesAnythingElseForAnOutage() {
    simulator.faults().on("AssumeRoleWithWebIdentity").answerEmptyObject();
    simulator.faults().on("AssumeRoleWithWebIdentity").answerStatus(502);
    simulator.faults().on("AssumeRoleWithWebIdentity").close();

    assertThat(whyOf(chain(workloadIdentity())).code())
        .isEqualTo("ClientError.StsUnavailable.InvalidResponse");
    assertThat(whyOf(chain(workloadIdentity())).code())
        .isEqualTo("ClientError.StsUnavailable.HttpStatusCode");
    assertThat(whyOf(chain(workloadIdentity())).code())
        .isEqualTo("ClientError.StsUnavailable.NetworkError");
  }

  @Test
  void tellsWhomItCannotReach() {
    URI nobody = URI.create("http://127.0.0.1:1");
    Endpoints endpoints = new Endpoints(nobody, Optional.of(nobody));

    assertThat(whyOf(new CredentialChain(workloadIdentity(), endpoints, client, clock)).code())
        .isEqualTo("ClientError.StsUnavailable.ConnectFailed");
    assertThat(whyOf(new CredentialChain(Map.of(), endpoints, client, clock)).code())
        .isEqualTo("ClientError.MetadataUnavailable.ConnectFailed");
  }

  @Test
  void tellsThatNoRoleIsBoundToTheMachine() {
    simulator.roles().unbind();

    assertThat(withMachine(Map.of()).current())
        .isEqualTo(missing("ClientError.InstanceRoleNotFound"));
  }

  private CredentialSource chain(Map<String, String> environment) {
    return new CredentialChain(
        environment, new Endpoints(simulator.endpoint(), Optional.empty()), client, clock);
  }

  private CredentialSource withMachine(Map<String, String> environment) {
    return new CredentialChain(
        environment,
        new Endpoints(simulator.endpoint(), Optional.of(simulator.endpoint())),
        client,
        clock);
  }

  private Map<String, String> workloadIdentity() {
    return Map.of(
        "TKE_REGION",
        "ap-singapore",
        "TKE_PROVIDER_ID",
        "tke",
        "TKE_WEB_IDENTITY_TOKEN_FILE",
        tokenFile.toString(),
        "TKE_ROLE_ARN",
        ROLE);
  }

  private List<String> actions() {
    return simulator.calls().all().stream().map(Call::action).toList();
  }

  private Call lastCallOf(CredentialSource source) {
    source.current();
    return simulator.calls().all().getLast();
  }

  private static ApiFailure whyOf(CredentialSource source) {
    return ((Missing) source.current()).why();
  }

  private Lookup lastIssued() {
    AccessKey key = simulator.roles().issued().getLast();
    return new Found(new Credential(key.secretId(), key.secretKey(), key.token()));
  }

  private static Lookup key(Optional<String> token) {
    return new Found(new Credential("theId", "theKey", token));
  }

  private static Lookup missing(String code) {
    return new Missing(ApiFailure.of(code));
  }
}
