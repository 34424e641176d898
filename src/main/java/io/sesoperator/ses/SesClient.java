package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.api.Reason;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.ses.SenderListing.Listed;
import io.sesoperator.ses.SenderListing.Unlisted;
import io.sesoperator.tencent.ApiCall;
import io.sesoperator.tencent.ApiResult;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import io.sesoperator.tencent.ClientError;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.tencent.CredentialSource.Found;
import io.sesoperator.tencent.CredentialSource.Missing;
import io.sesoperator.tencent.Tc3Client;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** One account's SES: makes each call once, and tells what came of it. */
public final class SesClient implements SenderDirectory, PasswordSetter {

  private static final String SERVICE = "ses";
  private static final String VERSION = "2020-10-02";
  private static final String LIST = "ListEmailAddress";
  // The capital W is SES's own.
  static final String SET_PASSWORD = "UpdateEmailSmtpPassWord";

  private final Tc3Client client;
  private final URI endpoint;
  private final SesRegion region;
  private final CredentialSource credentials;
  private final BooleanSupplier maySetPasswords;

  /**
   * A client for one account.
   *
   * @param endpoint the region's, or another site or a simulator
   * @param credentials asked anew for each call, and told of one that SES does not know
   * @param maySetPasswords asked when a call is signed and only has to be sent
   */
  public SesClient(
      Tc3Client client,
      URI endpoint,
      SesRegion region,
      CredentialSource credentials,
      BooleanSupplier maySetPasswords) {
    this.client = client;
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = credentials;
    this.maySetPasswords = maySetPasswords;
  }

  @Override
  public SenderListing list() {
    ApiResult result = call(LIST, () -> "{}".getBytes(UTF_8), () -> true);
    return switch (result) {
      case ApiResponse done -> listing(done);
      case ApiFailure failed -> unlisted(failed);
    };
  }

  @Override
  public Outcome set(String emailAddress, Password password) {
    ApiResult result =
        call(SET_PASSWORD, () -> RequestBody.setPassword(emailAddress, password), maySetPasswords);
    return switch (result) {
      case ApiResponse done ->
          new Outcome.Done(Outcome.Effect.CHANGED, answer(SET_PASSWORD, done.requestId()));
      case ApiFailure failed -> outcome(SET_PASSWORD, failed);
    };
  }

  // Asks for the credential first: without one there is no body with a password to wipe.
  private ApiResult call(String action, Supplier<byte[]> body, BooleanSupplier maySend) {
    return switch (credentials.current()) {
      case Found(Credential credential) -> call(action, body.get(), credential, maySend);
      case Missing(ApiFailure why) -> why;
    };
  }

  private ApiResult call(
      String action, byte[] body, Credential credential, BooleanSupplier maySend) {
    ApiCall call = new ApiCall(endpoint, SERVICE, VERSION, region.id(), action);
    ApiResult result = client.call(call, body, credential, maySend);
    if (result instanceof ApiFailure failed && failed.refusesCredential()) {
      credentials.refused(credential);
    }
    return result;
  }

  private static SenderListing listing(ApiResponse done) {
    JsonNode senders = done.response().path("EmailSenders");
    boolean none = senders.isMissingNode() || senders.isNull();
    if (!none && !senders.isArray()) {
      return unlisted(
          new ApiFailure(
              ClientError.INVALID_RESPONSE, Optional.of(done.requestId()), done.clockSkew()));
    }
    List<Sender> listed =
        StreamSupport.stream(senders.spliterator(), false)
            .filter(sender -> sender.path("EmailAddress").isTextual())
            .map(SesClient::sender)
            .toList();
    return new Listed(listed, answer(LIST, done.requestId()), done.clockSkew());
  }

  private static Sender sender(JsonNode sender) {
    return new Sender(
        sender.path("EmailAddress").textValue(),
        passwordSet(sender.path("SmtpPwdType")),
        created(sender.path("CreatedTimestamp")));
  }

  private static Optional<Instant> created(JsonNode seconds) {
    boolean isTime =
        seconds.canConvertToLong()
            && seconds.longValue() > 0
            && seconds.longValue() <= Instant.MAX.getEpochSecond();
    return isTime ? Optional.of(Instant.ofEpochSecond(seconds.longValue())) : Optional.empty();
  }

  private static Optional<Boolean> passwordSet(JsonNode type) {
    return switch (type.asInt(-1)) {
      case 0 -> Optional.of(false);
      case 1 -> Optional.of(true);
      default -> Optional.empty();
    };
  }

  private static SenderListing unlisted(ApiFailure failed) {
    Outcome outcome = outcome(LIST, failed);
    return new Unlisted(
        outcome instanceof Outcome.Done done
            ? new Outcome.NotYet(Reason.UNKNOWN_ERROR, done.answer()) // a code of the other action
            : outcome,
        failed.clockSkew());
  }

  private static Outcome outcome(String action, ApiFailure failed) {
    return SesErrors.classify(new Answer(action, Optional.of(failed.code()), failed.requestId()));
  }

  private static Answer answer(String action, String requestId) {
    return new Answer(action, Optional.empty(), Optional.of(requestId));
  }
}
