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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The identity that TKE gives a Pod: a token in a file, which STS exchanges for a temporary
 * credential of a role (https://www.tencentcloud.com/document/api/1150/49454). The kubelet replaces
 * the file before the token expires, so it is read anew for each exchange.
 */
final class WorkloadIdentity {

  /** As the official SDK for Java. */
  private static final Duration RESERVE = Duration.ofMinutes(10);

  private static final Duration LIFETIME = Duration.ofHours(2);

  private static final Pattern REGION_ID = Pattern.compile("[a-z0-9-]{1,64}");

  /** What STS takes for the name of a session, which CloudAudit shows: best that of the Pod. */
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,128}");

  private static final CredentialSource.Missing INCOMPLETE =
      new CredentialSource.Missing(ApiFailure.of(ClientError.WORKLOAD_IDENTITY_INCOMPLETE));

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

  private final String region;
  private final String providerId;
  private final String tokenFile;
  private final String roleArn;
  private final String sessionName;
  private final URI sts;
  private final Tc3Client client;

  private WorkloadIdentity(UnaryOperator<String> variables, URI sts, Tc3Client client) {
    this.region = variables.apply("TKE_REGION");
    this.providerId = variables.apply("TKE_PROVIDER_ID");
    this.tokenFile = variables.apply("TKE_WEB_IDENTITY_TOKEN_FILE");
    this.roleArn = variables.apply("TKE_ROLE_ARN");
    this.sessionName = sessionName(variables.apply("HOSTNAME"));
    this.sts = sts;
    this.client = client;
  }

  /** Absent if none of its four variables is set; with some of them only, it finds nothing. */
  static Optional<CredentialSource> in(
      Map<String, String> environment, URI sts, Tc3Client client, Clock clock) {
    WorkloadIdentity identity =
        new WorkloadIdentity(name -> environment.getOrDefault(name, "").strip(), sts, client);
    if (identity.parts().allMatch(String::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        identity.isComplete()
            ? new ExpiringCredential(identity::issue, RESERVE, clock)
            : () -> INCOMPLETE);
  }

  private Stream<String> parts() {
    return Stream.of(region, providerId, tokenFile, roleArn);
  }

  // A region that no header can carry is as good as none.
  private boolean isComplete() {
    return parts().noneMatch(String::isEmpty) && REGION_ID.matcher(region).matches();
  }

  private static String sessionName(String pod) {
    return SESSION.matcher(pod).matches() ? pod : "operator";
  }

  private Issue issue() {
    try {
      String token = Files.readString(Path.of(tokenFile)).strip();
      return token.isEmpty() ? unreadable() : exchange(token);
    } catch (IOException _) {
      return unreadable();
    }
  }

  private static Issue unreadable() {
    return new Issue.Denied(ApiFailure.of(ClientError.TOKEN_FILE_UNREADABLE));
  }

  private Issue exchange(String token) {
    ApiCall call = new ApiCall(sts, "sts", "2018-08-13", region, "AssumeRoleWithWebIdentity");
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
        .put("ProviderId", providerId)
        .put("WebIdentityToken", token)
        .put("RoleArn", roleArn)
        .put("RoleSessionName", sessionName)
        .put("DurationSeconds", LIFETIME.toSeconds())
        .toString()
        .getBytes(UTF_8);
  }
}
