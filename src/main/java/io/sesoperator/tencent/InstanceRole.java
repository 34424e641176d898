package io.sesoperator.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.Transport.Answered;
import io.sesoperator.tencent.Transport.Reply;
import io.sesoperator.tencent.Transport.Unanswered;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The role that is bound to the CVM on which the process runs; its metadata service hands out
 * temporary credentials of it (https://www.tencentcloud.com/document/product/213/45917).
 */
final class InstanceRole {

  private static final String PATH = "/latest/meta-data/cam/security-credentials/";
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,128}");
  private static final int NOT_FOUND = 404;

  /** As the official SDK for Java. */
  private static final Duration RESERVE = Duration.ofMinutes(5);

  private final URI metadata;
  private final Tc3Client client;

  private InstanceRole(URI metadata, Tc3Client client) {
    this.metadata = metadata;
    this.client = client;
  }

  static CredentialSource at(URI metadata, Tc3Client client, Clock clock) {
    InstanceRole role = new InstanceRole(metadata, client);
    return new ExpiringCredential(role::issue, RESERVE, clock);
  }

  private Issue issue() {
    return read("", body -> role(body.strip()));
  }

  private Issue role(String name) {
    return NAME.matcher(name).matches() ? read(name, InstanceRole::keys) : noRole();
  }

  private static Issue keys(String body) {
    JsonNode keys = AnswerParser.read(body);
    return Issue.Granted.read(keys, keys.path("ExpiredTime"))
        .filter(_ -> keys.path("Code").asText("").equals("Success"))
        .orElseGet(() -> unavailable(ClientError.INVALID_RESPONSE));
  }

  private Issue read(String page, Function<String, Issue> reader) {
    Reply reply = client.get(metadata.resolve(PATH + page));
    return switch (reply) {
      case Answered answer when answer.isOk() -> reader.apply(answer.body());
      case Answered answer when answer.status() == NOT_FOUND -> noRole();
      case Answered _ -> unavailable(ClientError.HTTP_STATUS_CODE);
      case Unanswered(String code, var _) -> unavailable(code);
    };
  }

  private static Issue noRole() {
    return new Issue.Denied(ApiFailure.of(ClientError.INSTANCE_ROLE_NOT_FOUND));
  }

  private static Issue unavailable(String code) {
    return new Issue.Denied(ApiFailure.of(code).within(ClientError.METADATA_UNAVAILABLE));
  }
}
