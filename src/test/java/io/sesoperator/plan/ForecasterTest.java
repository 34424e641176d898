package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Forecast.Action;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForecasterTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Forecaster forecaster = new Forecaster(new Planner(Policy.standard(new Random(1))));

  private Forecast of(Observations seen) {
    return forecaster.forecast(List.of(seen.seen()));
  }

  static Stream<Arguments> situations() {
    return Stream.of(
        situation("new", aCredential().secretHolds("a:1"), Action.SET, Reason.PROGRESSING),
        situation(
            "as accepted",
            aCredential().secretHolds("a:1").applied("a:1", HOUR).withoutVerification(),
            Action.NONE,
            Reason.APPLIED),
        situation(
            "changed",
            aCredential().secretHolds("a:2").applied("a:1", HOUR),
            Action.CHANGE,
            Reason.APPLYING),
        situation(
            "first push under way",
            aCredential().secretHolds("a:1").pending("a:1"),
            Action.SET,
            Reason.PROGRESSING),
        situation(
            "asked for",
            aCredential().secretHolds("a:1").applied("a:1", HOUR).forced("now"),
            Action.CHANGE,
            Reason.APPLYING),
        situation(
            "to be revoked on deletion",
            aCredential().secretHolds("a:1").revokes(),
            Action.SET,
            Reason.PROGRESSING),
        situation(
            "being deleted",
            aCredential().secretHolds("a:1").applied("a:1", HOUR).revokes().held().deleted(HOUR),
            Action.NONE,
            Reason.REVOKE_FAILED),
        situation(
            "just deleted",
            aCredential()
                .secretHolds("a:1")
                .applied("a:1", HOUR)
                .revokes()
                .held()
                .deleted(Duration.ZERO),
            Action.CHANGE,
            Reason.REVOKING),
        situation(
            "suspended",
            aCredential().secretHolds("a:1").suspended(),
            Action.NONE,
            Reason.SUSPENDED),
        situation(
            "only planned",
            aCredential().secretHolds("a:1").plansOnly(),
            Action.SET,
            Reason.CHANGE_PLANNED),
        situation(
            "only planned, and accepted",
            aCredential().secretHolds("a:1").applied("a:1", HOUR).plansOnly(),
            Action.NONE,
            Reason.APPLIED),
        situation("no Secret", aCredential(), Action.BLOCKED, Reason.SECRET_NOT_FOUND),
        situation(
            "no key", aCredential().keyMissing(), Action.BLOCKED, Reason.SECRET_KEY_NOT_FOUND),
        situation(
            "broken rule",
            aCredential().secretBreaks("a:1", "it is bad"),
            Action.BLOCKED,
            Reason.INVALID_PASSWORD),
        situation(
            "refused before",
            aCredential().secretHolds("a:1").rejected("a:1", Reason.PASSWORD_REJECTED, 1),
            Action.BLOCKED,
            Reason.PASSWORD_REJECTED),
        situation(
            "not allowed",
            aCredential().secretHolds("a:1").notAllowed(),
            Action.BLOCKED,
            Reason.NOT_ALLOWED),
        situation(
            "claimed by another",
            aCredential().secretHolds("a:1").ownedBy("other"),
            Action.BLOCKED,
            Reason.CONFLICT),
        situation(
            "no account",
            aCredential().secretHolds("a:1").accountMissing(),
            Action.BLOCKED,
            Reason.ACCOUNT_NOT_FOUND),
        situation(
            "account refused",
            aCredential().secretHolds("a:1").accountNotReady(),
            Action.BLOCKED,
            Reason.ACCOUNT_NOT_READY),
        situation(
            "account not looked at",
            aCredential().secretHolds("a:1").accountUnchecked(),
            Action.UNKNOWN,
            Reason.ACCOUNT_NOT_READY));
  }

  private static Arguments situation(String name, Observations seen, Action action, Reason reason) {
    return Arguments.of(name, seen.seen(), action, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void tellsWhatWouldBeDone(String name, Observation seen, Action action, Reason reason) {
    Forecast forecast = forecaster.forecast(List.of(seen));

    assertThat(forecast.action()).as(name).isEqualTo(action);
    assertThat(forecast.reason()).as(name).contains(reason);
    assertThat(forecast.message()).isNotBlank().doesNotContain("{", "a:1", "a:2");
  }

  @Test
  void tellsWhenItIsTriedAgain() {
    Forecast forecast =
        of(
            aCredential()
                .secretHolds("a:1")
                .pending("a:1")
                .ready(Reason.THROTTLED)
                .nextAttempt(Duration.ofMinutes(1), Cause.BACKOFF));

    assertThat(forecast.action()).isEqualTo(Action.BLOCKED);
    assertThat(forecast.reason()).contains(Reason.THROTTLED);
    assertThat(forecast.nextAttempt()).contains(Observations.NOW.plusSeconds(60));
  }

  @Test
  void tellsThatDigestsOfAnotherKeyCannotBeCompared() {
    assertThat(of(aCredential().secretHolds("b:1").applied("a:1", HOUR)).message())
        .contains("once more", "digest key is another one");
    assertThat(of(aCredential().secretHolds("a:2").applied("a:1", HOUR)).message())
        .contains("changed since " + Observations.NOW.minus(HOUR));
  }

  @Test
  void knowsWhatIsTheSameInEveryCase() {
    Forecast forecast =
        forecaster.forecast(
            List.of(
                aCredential().secretHolds("a:1").suspended().seen(),
                aCredential().suspended().seen(),
                aCredential().accountMissing().suspended().seen()));

    assertThat(forecast.action()).isEqualTo(Action.NONE);
    assertThat(forecast.reason()).contains(Reason.SUSPENDED);
  }

  @Test
  void knowsNothingThatDiffersInSomeCase() {
    Forecast forecast =
        forecaster.forecast(
            List.of(
                aCredential().secretHolds("a:1").applied("a:1", HOUR).seen(),
                aCredential().secretHolds("a:2").applied("a:1", HOUR).seen()));

    assertThat(forecast.action()).isEqualTo(Action.UNKNOWN);
    assertThat(forecast.reason()).isEmpty();
  }
}
