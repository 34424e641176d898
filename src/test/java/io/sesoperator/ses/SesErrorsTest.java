package io.sesoperator.ses;

import static io.sesoperator.api.Reason.ACCOUNT_IN_ARREARS;
import static io.sesoperator.api.Reason.CLOCK_SKEW;
import static io.sesoperator.api.Reason.CREDENTIALS_INVALID;
import static io.sesoperator.api.Reason.CREDENTIALS_NOT_FOUND;
import static io.sesoperator.api.Reason.CREDENTIALS_UNAVAILABLE;
import static io.sesoperator.api.Reason.INVALID_SPEC;
import static io.sesoperator.api.Reason.NOT_AUTHORIZED;
import static io.sesoperator.api.Reason.PASSWORD_REJECTED;
import static io.sesoperator.api.Reason.REQUEST_REJECTED;
import static io.sesoperator.api.Reason.SENDER_NOT_FOUND;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.api.Reason.UNKNOWN_ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tencentcloudapi.ses.v20201002.SesErrorCode;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.AccountTrouble;
import io.sesoperator.plan.Outcome.Ambiguous;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Done;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.plan.Outcome.NotYet;
import io.sesoperator.plan.Outcome.Refused;
import io.sesoperator.plan.Outcome.Throttled;
import io.sesoperator.tencent.ClientError;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SesErrorsTest {

  static Stream<Arguments> meanings() {
    return Stream.of(
        means("OperationDenied.RepeatPassWord", answer -> new Done(Effect.UNCHANGED, answer)),
        means("InvalidParameterValue.InvalidSmtpPassWord", a -> new Refused(PASSWORD_REJECTED, a)),
        means("InvalidParameterValue.IllegalEmailAddress", a -> new Refused(INVALID_SPEC, a)),
        means("InvalidParameterValue", a -> new Refused(REQUEST_REJECTED, a)),
        means("InvalidParameter", a -> new Refused(REQUEST_REJECTED, a)),
        means("MissingParameter", a -> new Refused(REQUEST_REJECTED, a)),
        means("UnknownParameter", a -> new Refused(REQUEST_REJECTED, a)),
        means("UnsupportedOperation", a -> new Refused(REQUEST_REJECTED, a)),
        means("InvalidAction", a -> new Refused(REQUEST_REJECTED, a)),
        means("InvalidParameterValue.NoSuchSender", a -> new NotYet(SENDER_NOT_FOUND, a)),
        means("InvalidParameterValue.NotExistDomain", a -> new NotYet(SENDER_NOT_FOUND, a)),
        means("OperationDenied.SendAddressStatusError", a -> new NotYet(SENDER_NOT_FOUND, a)),
        means("OperationDenied.DomainNotVerified", a -> new NotYet(SENDER_NOT_FOUND, a)),
        means("ClientError.CredentialNotFound", a -> new AccountTrouble(CREDENTIALS_NOT_FOUND, a)),
        means("ClientError.TokenFileUnreadable", a -> new AccountTrouble(CREDENTIALS_NOT_FOUND, a)),
        means(
            "ClientError.WorkloadIdentityIncomplete",
            a -> new AccountTrouble(CREDENTIALS_NOT_FOUND, a)),
        means(
            "ClientError.InstanceRoleNotFound", a -> new AccountTrouble(CREDENTIALS_NOT_FOUND, a)),
        means("ClientError.CredentialExpired", a -> new AccountTrouble(CLOCK_SKEW, a)),
        means(
            "ClientError.StsRefused.ResourceNotFound.RoleNotFound",
            a -> new AccountTrouble(CREDENTIALS_INVALID, a)),
        means("ClientError.StsUnavailable.Timeout", a -> new NotYet(CREDENTIALS_UNAVAILABLE, a)),
        means(
            "ClientError.StsUnavailable.InternalError.DbError",
            a -> new NotYet(CREDENTIALS_UNAVAILABLE, a)),
        means(
            "ClientError.MetadataUnavailable.ConnectFailed",
            a -> new NotYet(CREDENTIALS_UNAVAILABLE, a)),
        means("FailedOperation.ServiceNotAvailable", a -> new NotYet(SES_UNAVAILABLE, a)),
        means("ClientError.ConnectFailed", a -> new NotYet(SES_UNAVAILABLE, a)),
        means("AuthFailure.SecretIdNotFound", a -> new AccountTrouble(CREDENTIALS_INVALID, a)),
        means("AuthFailure.SignatureFailure", a -> new AccountTrouble(CREDENTIALS_INVALID, a)),
        means("AuthFailure.TokenFailure", a -> new AccountTrouble(CREDENTIALS_INVALID, a)),
        means("AuthFailure.SignatureExpire", a -> new AccountTrouble(CLOCK_SKEW, a)),
        means("AuthFailure.UnauthorizedOperation", a -> new AccountTrouble(NOT_AUTHORIZED, a)),
        means("UnauthorizedOperation", a -> new AccountTrouble(NOT_AUTHORIZED, a)),
        means("UnauthorizedOperation.CamNoAuth", a -> new AccountTrouble(NOT_AUTHORIZED, a)),
        means(
            "FailedOperation.InsufficientBalance", a -> new AccountTrouble(ACCOUNT_IN_ARREARS, a)),
        means("RequestLimitExceeded", Throttled::new),
        means("RequestLimitExceeded.UinLimitExceeded", Throttled::new),
        means("LimitExceeded", Throttled::new),
        means("InternalError", Ambiguous::new),
        means("ResourceUnavailable", Ambiguous::new),
        means("ClientError.Timeout", Ambiguous::new),
        means("ClientError.NetworkError", Ambiguous::new),
        means("ClientError.HttpStatusCode", Ambiguous::new),
        means("ClientError.InvalidResponse", Ambiguous::new),
        means("ClientError.Interrupted", Ambiguous::new));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void knowsWhatACodeMeans(String code, Function<Answer, Outcome> meaning) {
    assertThat(SesErrors.classify(failed(code))).isEqualTo(meaning.apply(failed(code)));
  }

  static Stream<Arguments> newDetails() {
    return Stream.of(
        means("RequestLimitExceeded.SmtpRateLimit", Throttled::new),
        means("UnauthorizedOperation.CamNoAuth.New", a -> new AccountTrouble(NOT_AUTHORIZED, a)),
        means("AuthFailure.Brand.New", a -> new AccountTrouble(CREDENTIALS_INVALID, a)),
        means("InternalError.Brand.New", Ambiguous::new),
        means("InvalidParameter.New", a -> new Refused(REQUEST_REJECTED, a)),
        means("OperationDenied.New", a -> new NotYet(UNKNOWN_ERROR, a)),
        means("OperationDenied.RepeatPassWordTwice", a -> new NotYet(UNKNOWN_ERROR, a)));
  }

  @ParameterizedTest
  @MethodSource("newDetails")
  void readsANewDetailAsItsLongestKnownPart(String code, Function<Answer, Outcome> meaning) {
    assertThat(SesErrors.classify(failed(code))).isEqualTo(meaning.apply(failed(code)));
  }

  static Stream<Arguments> unknown() {
    return Stream.of("Oops", "Oops.InternalError", "internalerror", "InternalErrors", "", ".")
        .map(code -> means(code, a -> new NotYet(UNKNOWN_ERROR, a)));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void triesAgainAfterACodeThatItDoesNotKnow(String code, Function<Answer, Outcome> meaning) {
    assertThat(SesErrors.classify(failed(code))).isEqualTo(meaning.apply(failed(code)));
  }

  @Test
  void isNotAskedAboutASuccess() {
    Answer success = new Answer("ListEmailAddress", Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> SesErrors.classify(success))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void knowsAFamilyForEachCodeOfTheOfficialSdk() {
    assertThat(SesErrorCode.values()).hasSizeGreaterThan(90);
    assertThat(SesErrorCode.values())
        .extracting(SesErrorCode::getValue)
        .allSatisfy(code ->
            assertThat(SesErrors.TABLE)
                .extracting(SesErrors.Row::code)
                .anyMatch(known -> (code + ".").startsWith(known + ".")));
  }

  @Test
  void knowsEachCodeOfOurOwn() {
    List<String> ours =
        Stream.of(ClientError.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(SesErrorsTest::read)
            .toList();

    assertThat(ours).hasSize(16).isSubsetOf(codes());
  }

  @Test
  void listsEachCodeOnce() {
    assertThat(codes()).doesNotHaveDuplicates();
  }

  /** To renew the document: put the table that this test expects into it. */
  @Test
  void equalsTheDocument() throws IOException {
    List<String> table =
        Files.readAllLines(Path.of("docs/errors.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(String.join("\n", table)).isEqualTo(documented());
  }

  private static String documented() {
    return SesErrors.TABLE.stream()
        .sorted(Comparator.comparing(SesErrors.Row::code))
        .map(SesErrorsTest::documentLine)
        .collect(Collectors.joining("\n"));
  }

  private static String documentLine(SesErrors.Row row) {
    Outcome outcome = SesErrors.classify(failed(row.code()));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            row.code(),
            outcome.getClass().getSimpleName(),
            row.reason().wire(),
            switch (row.reason().actor()) {
              case NOBODY -> "nobody";
              case TENANT -> "tenant";
              case PLATFORM -> "platform";
              case DEVELOPERS -> "developers";
            },
            row.meaning().retried());
  }

  private static List<String> codes() {
    return SesErrors.TABLE.stream().map(SesErrors.Row::code).toList();
  }

  private static Arguments means(String code, Function<Answer, Outcome> meaning) {
    return arguments(code, meaning);
  }

  private static Answer failed(String code) {
    return new Answer("UpdateEmailSmtpPassWord", Optional.of(code), Optional.of("req-1"));
  }

  private static String read(Field constant) {
    try {
      return (String) constant.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
