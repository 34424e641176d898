package io.sesoperator.ses;

import static io.sesoperator.api.Reason.ACCOUNT_IN_ARREARS;
import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.APPLYING;
import static io.sesoperator.api.Reason.CLOCK_SKEW;
import static io.sesoperator.api.Reason.CREDENTIALS_INVALID;
import static io.sesoperator.api.Reason.CREDENTIALS_NOT_FOUND;
import static io.sesoperator.api.Reason.CREDENTIALS_UNAVAILABLE;
import static io.sesoperator.api.Reason.ENDPOINT_NOT_ALLOWED;
import static io.sesoperator.api.Reason.INVALID_SPEC;
import static io.sesoperator.api.Reason.NOT_AUTHORIZED;
import static io.sesoperator.api.Reason.PASSWORD_REJECTED;
import static io.sesoperator.api.Reason.REQUEST_REJECTED;
import static io.sesoperator.api.Reason.SENDER_NOT_FOUND;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.api.Reason.UNKNOWN_ERROR;
import static io.sesoperator.ses.SesErrors.Meaning.ACCOUNT_TROUBLE;
import static io.sesoperator.ses.SesErrors.Meaning.AMBIGUOUS;
import static io.sesoperator.ses.SesErrors.Meaning.NOT_YET;
import static io.sesoperator.ses.SesErrors.Meaning.REFUSED;
import static io.sesoperator.ses.SesErrors.Meaning.SUPERSEDED;
import static io.sesoperator.ses.SesErrors.Meaning.THROTTLED;
import static io.sesoperator.ses.SesErrors.Meaning.UNCHANGED;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.tencent.ClientError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each error code means: the one table, which {@code docs/errors.md} repeats. Codes are
 * hierarchical and new details appear without notice, so a code that is not listed means what the
 * longest listed part of it before a dot means.
 *
 * <p>Sources: the common codes and those of SES,
 * https://www.tencentcloud.com/document/product/1084/39419.
 */
public final class SesErrors {

  /** What follows from a code; {@code retried} is the column of the document. */
  enum Meaning {
    UNCHANGED("never: SES holds this very password"),
    REFUSED("when the Secret or the spec changes"),
    NOT_YET("after a backoff of 2 s to 5 min"),
    ACCOUNT_TROUBLE("by one probe for the whole account"),
    THROTTLED("after a backoff of 2 s to 5 min"),
    AMBIGUOUS("the same password again, after a backoff of 2 s to 5 min"),
    SUPERSEDED("by the replica that leads");

    private final String retried;

    Meaning(String retried) {
      this.retried = retried;
    }

    String retried() {
      return retried;
    }

    Outcome outcome(Reason reason, Answer answer) {
      return switch (this) {
        case UNCHANGED -> new Outcome.Done(Effect.UNCHANGED, answer);
        case REFUSED -> new Outcome.Refused(reason, answer);
        case NOT_YET -> new Outcome.NotYet(reason, answer);
        case ACCOUNT_TROUBLE -> new Outcome.AccountTrouble(reason, answer);
        case THROTTLED -> new Outcome.Throttled(answer);
        case AMBIGUOUS -> new Outcome.Ambiguous(answer);
        case SUPERSEDED -> new Outcome.Superseded();
      };
    }
  }

  /** One code, or a family of codes that start with it and a dot. */
  record Row(String code, Meaning meaning, Reason reason) {}

  private static final Row UNKNOWN = new Row("", NOT_YET, UNKNOWN_ERROR);

  static final List<Row> TABLE =
      Stream.of(
              rows(UNCHANGED, APPLIED, "OperationDenied.RepeatPassWord"),
              rows(REFUSED, PASSWORD_REJECTED, "InvalidParameterValue.InvalidSmtpPassWord"),
              rows(REFUSED, INVALID_SPEC, "InvalidParameterValue.IllegalEmailAddress"),
              rows(
                  REFUSED,
                  REQUEST_REJECTED,
                  "ActionOffline",
                  "DryRunOperation",
                  "InvalidAction",
                  "InvalidParameter",
                  "InvalidParameter.AppIdIsRequired",
                  "InvalidParameterValue",
                  "InvalidParameterValue.EmailAddressIsNULL",
                  "InvalidRequest",
                  "MissingParameter",
                  "NoSuchProduct",
                  "NoSuchVersion",
                  "RequestSizeLimitExceeded",
                  "UnknownParameter",
                  "UnsupportedOperation",
                  "UnsupportedProtocol"),
              rows(
                  NOT_YET,
                  SENDER_NOT_FOUND,
                  "InvalidParameterValue.CreatedByOther",
                  "InvalidParameterValue.NoSuchSender",
                  "InvalidParameterValue.NotExistDomain",
                  "OperationDenied.DomainNotVerified",
                  "OperationDenied.SendAddressStatusError",
                  "ResourceNotFound"),
              // "The request has not taken effect. Try again.": the one code that says so.
              rows(
                  NOT_YET,
                  SES_UNAVAILABLE,
                  "FailedOperation.ServiceNotAvailable",
                  ClientError.CONNECT_FAILED),
              rows(NOT_YET, UNKNOWN_ERROR, "OperationDenied"),
              rows(SUPERSEDED, APPLYING, ClientError.NOT_SENT),
              rows(
                  NOT_YET,
                  CREDENTIALS_UNAVAILABLE,
                  ClientError.METADATA_UNAVAILABLE,
                  ClientError.STS_UNAVAILABLE),
              rows(
                  ACCOUNT_TROUBLE,
                  CREDENTIALS_NOT_FOUND,
                  ClientError.CREDENTIAL_NOT_FOUND,
                  ClientError.INSTANCE_ROLE_NOT_FOUND,
                  ClientError.TOKEN_FILE_UNREADABLE,
                  ClientError.WORKLOAD_IDENTITY_INCOMPLETE),
              rows(
                  ACCOUNT_TROUBLE,
                  CREDENTIALS_INVALID,
                  "AuthFailure",
                  "AuthFailure.InvalidAuthorization",
                  "AuthFailure.InvalidSecretId",
                  "AuthFailure.MFAFailure",
                  "AuthFailure.SecretIdNotFound",
                  "AuthFailure.SignatureFailure",
                  "AuthFailure.TokenFailure",
                  ClientError.MALFORMED_CREDENTIAL,
                  ClientError.STS_REFUSED),
              // CamNoAuth is on no page, but was seen.
              rows(
                  ACCOUNT_TROUBLE,
                  NOT_AUTHORIZED,
                  "AuthFailure.UnauthorizedOperation",
                  "IpInBlacklist",
                  "IpNotInWhitelist",
                  "UnauthorizedOperation",
                  "UnauthorizedOperation.CamNoAuth"),
              rows(
                  ACCOUNT_TROUBLE,
                  CLOCK_SKEW,
                  "AuthFailure.SignatureExpire",
                  ClientError.CREDENTIAL_EXPIRED),
              rows(ACCOUNT_TROUBLE, ACCOUNT_IN_ARREARS, "FailedOperation.InsufficientBalance"),
              rows(ACCOUNT_TROUBLE, ENDPOINT_NOT_ALLOWED, "UnsupportedRegion"),
              rows(
                  THROTTLED,
                  Reason.THROTTLED,
                  "LimitExceeded",
                  "RequestLimitExceeded",
                  "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
                  "RequestLimitExceeded.IPLimitExceeded",
                  "RequestLimitExceeded.UinLimitExceeded"),
              rows(
                  AMBIGUOUS,
                  SES_UNAVAILABLE,
                  "FailedOperation",
                  "InternalError",
                  "InternalError.QueryDataBaseFailed",
                  "ResourceInUse",
                  "ResourceInsufficient",
                  "ResourceUnavailable",
                  "ResponseSizeLimitExceeded",
                  "ServiceUnavailable",
                  ClientError.HTTP_STATUS_CODE,
                  ClientError.INTERRUPTED,
                  ClientError.INVALID_RESPONSE,
                  ClientError.NETWORK_ERROR,
                  ClientError.TIMEOUT))
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Row> BY_CODE =
      TABLE.stream().collect(Collectors.toUnmodifiableMap(Row::code, Function.identity()));

  private SesErrors() {}

  /**
   * What a failed call means; a code that this version does not know is tried again later.
   *
   * @throws java.util.NoSuchElementException if the answer has no error code
   */
  public static Outcome classify(Answer failed) {
    Row row = row(failed.errorCode().orElseThrow());
    return row.meaning().outcome(row.reason(), failed);
  }

  /** The longest part of a code that is listed, or {@code Unknown}: one of a few words. */
  public static String family(String code) {
    String listed = row(code).code();
    return listed.isEmpty() ? "Unknown" : listed;
  }

  private static Row row(String code) {
    return prefixes(code)
        .flatMap(prefix -> Optional.ofNullable(BY_CODE.get(prefix)).stream())
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The code itself, then ever shorter parts of it. */
  private static Stream<String> prefixes(String code) {
    return Stream.iterate(
        code,
        prefix -> !prefix.isEmpty(),
        prefix -> prefix.substring(0, Math.max(0, prefix.lastIndexOf('.'))));
  }

  private static List<Row> rows(Meaning meaning, Reason reason, String... codes) {
    return Stream.of(codes).map(code -> new Row(code, meaning, reason)).toList();
  }
}
