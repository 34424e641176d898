package io.sesoperator.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.simulator.Parameters.Field;
import java.time.Duration;
import java.util.List;

/**
 * The one action of STS that is simulated, {@code AssumeRoleWithWebIdentity}
 * (https://www.tencentcloud.com/document/api/1150/49454). The codes are documented; which of them
 * comes first is not.
 */
final class StsActions {

  static final String VERSION = "2018-08-13";
  static final String ASSUME = "AssumeRoleWithWebIdentity";

  private static final int STANDARD_SECONDS = 7200;
  private static final int MOST_SECONDS = 43200;

  private static final List<Field> FIELDS =
      List.of(
          new Field("ProviderId", true, 128),
          new Field("WebIdentityToken", true, 16384),
          new Field("RoleArn", true, 1024),
          new Field("RoleSessionName", true, 1024),
          Field.number("DurationSeconds"));

  private final Roles roles;

  StsActions(Roles roles) {
    this.roles = roles;
  }

  /** What the answer holds besides its RequestId. */
  ObjectNode assume(WireRequest request) throws Refusal {
    Parameters parameters = Parameters.read(request, FIELDS);
    int seconds = parameters.number("DurationSeconds", STANDARD_SECONDS);
    if (!parameters.text("RoleSessionName").matches("[\\w+=,.@-]{2,128}")) {
      throw Refusal.invalidStsParameter();
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw Refusal.overTime();
    }
    return answer(
        roles.assume(
            parameters.text("RoleArn"),
            parameters.text("ProviderId"),
            parameters.text("WebIdentityToken"),
            Duration.ofSeconds(seconds)));
  }

  private static ObjectNode answer(Roles.Lent lent) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    response
        .putObject("Credentials")
        .put("Token", lent.key().token().orElseThrow())
        .put("TmpSecretId", lent.key().secretId())
        .put("TmpSecretKey", lent.key().secretKey());
    return response
        .put("ExpiredTime", lent.end().getEpochSecond())
        .put("Expiration", lent.end().toString());
  }
}
