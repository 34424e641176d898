package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity that TKE gives a Pod: a token in a file, which STS exchanges for a temporary
 * credential of a role (https://www.tencentcloud.com/document/api/1150/49454). The kubelet replaces
 * the file before the token expires, so it is read anew for each exchange.
 */
final class WorkloadIdentity {

  /** As the official SDK for Java. */
  private static final Duration RESERVE = Duration.ofMinutes(10);

  private static final Duration LIFETIME = Duration.ofHours(2);

  private static final String REGION = "TKE_REGION";
  private static final String PROVIDER = "TKE_PROVIDER_ID";
  private static final String TOKEN_FILE = "TKE_WEB_IDENTITY_TOKEN_FILE";
  private static final String ROLE = "TKE_ROLE_ARN";
  private static final List<String> VARIABLES = List.of(REGION, PROVIDER, TOKEN_FILE, ROLE);

  private static final CredentialSource.Missing INCOMPLETE =
      new CredentialSource.Missing(ApiFailure.of(ClientError.WORKLOAD_IDENTITY_INCOMPLETE));

  private static final Pattern REGION_ID = Pattern.compile("[a-z0-9-]{1,64}");

  /** What STS takes for the name of a session, which CloudAudit shows: best that of the Pod. */
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,128}");

  /** As from STS itself; every other code is an outage. */
  private static final List<String> REFUSALS =
      List.of(
          "AuthFailure",
          "InvalidParameter",
          "InvalidParameterValue",
          "MissingParameter",
          "OperationDenied",
          "ResourceNotFound",
          "UnauthorizedOperation",
          "UnsupportedOperation",
          "UnsupportedRegion");

  private final Map<String, String> environment;
  private final URI sts;
  private final Tc3Client client;

  private WorkloadIdentity(Map<String, String> environment, URI sts, Tc3Client client) {
    this.environment = Map.copyOf(environment);
    this.sts = sts;
    this.client = client;
  }

  /** Absent if none of its four variables is set; with some of them only, it finds nothing. */
  static Optional<CredentialSource> in(
      Map<String, String> environment, URI sts, Tc3Client client, Clock clock) {
    if (VARIABLES.stream().allMatch(name -> value(environment, name).isEmpty())) {
      return Optional.empty();
    }
    WorkloadIdentity identity = new WorkloadIdentity(environment, sts, client);
    return Optional.of(
        identity.isComplete()
            ? new ExpiringCredential(identity::issue, RESERVE, clock)
            : () -> INCOMPLETE);
  }

  // A region that no header can carry is as good as none.
  private boolean isComplete() {
    return VARIABLES.stream().noneMatch(name -> value(environment, name).isEmpty())
        && REGION_ID.matcher(value(environment, REGION)).matches();
  }

  private Issue issue() {
    try {
      String token = Files.readString(Path.of(value(environment, TOKEN_FILE))).strip();
      return token.isEmpty() ? unreadable() : exchange(token);
    } catch (IOException _) {
      return unreadable();
    }
  }

  private static Issue unreadable() {
    return new Issue.Denied(ApiFailure.of(ClientError.TOKEN_FILE_UNREADABLE));
  }

  private Issue exchange(String token) {
    ApiCall call =
        new ApiCall(
            sts, "sts", "2018-08-13", value(environment, REGION), "AssumeRoleWithWebIdentity");
    return switch (client.callUnsigned(call, body(token))) {
      case ApiResponse done -> issue(done);
      case ApiFailure failed -> new Issue.Denied(failed.within(family(failed.code())));
    };
  }

  private static Issue issue(ApiResponse done) {
    JsonNode response = done.response();
    return Issue.Granted.read(response.path("Credentials"), response.path("ExpiredTime"))
        .orElseGet(() ->
            new Issue.Denied(
                new ApiFailure(
                        ClientError.INVALID_RESPONSE,
                        Optional.of(done.requestId()),
                        done.clockSkew())
                    .within(ClientError.STS_UNAVAILABLE)));
  }

  private static String family(String code) {
    boolean refused = REFUSALS.stream().anyMatch(part -> (code + ".").startsWith(part + "."));
    return refused ? ClientError.STS_REFUSED : ClientError.STS_UNAVAILABLE;
  }

  private byte[] body(String token) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ProviderId", value(environment, PROVIDER))
        .put("WebIdentityToken", token)
        .put("RoleArn", value(environment, ROLE))
        .put("RoleSessionName", sessionName())
        .put("DurationSeconds", LIFETIME.toSeconds())
        .toString()
        .getBytes(UTF_8);
  }

  private String sessionName() {
    String pod = value(environment, "HOSTNAME");
    return SESSION.matcher(pod).matches() ? pod : "operator";
  }

  private static String value(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
