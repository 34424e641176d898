package io.sesoperator.plan;

import static io.sesoperator.plan.Evidence.LoginVerdict.REFUSED;
import static io.sesoperator.testing.Observations.NOW;
import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.Hold;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Release;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Verify;
import io.sesoperator.plan.Plan.Wait;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

  private static final Planner PLANNER = new Planner(Policy.standard(new Random(1)));

  static Stream<Arguments> situations() {
    return Stream.of(
        on("just created, Secret there", aCredential().secretHolds("d1"), new Prepare("d1")),
        on("prepared", aCredential().secretHolds("d1").pending("d1"), new Push("d1")),
        on("as it should be", applied("d1").secretHolds("d1"), new Nothing(Reason.APPLIED)),
        on("password changed", applied("d1").secretHolds("d2"), new Prepare("d2")),
        on(
            "password changed while another was being pushed",
            applied("d1").pending("d2").secretHolds("d3"),
            new Prepare("d3")),
        on(
            "password changed back while another was being pushed",
            applied("d1").pending("d2").secretHolds("d1"),
            new Prepare("d1")),
        on(
            "password changed back after the other was refused, but an older one may still land",
            applied("d1").unsettledFor(Duration.ofMinutes(5)).secretHolds("d1"),
            new Prepare("d1")),
        on(
            "suspended with a changed password",
            applied("d1").secretHolds("d2").suspended(),
            new Nothing(Reason.SUSPENDED)),
        on(
            "suspended and unusable",
            aCredential().withoutAddress().suspended(),
            new Nothing(Reason.SUSPENDED)),
        on(
            "no address",
            aCredential().withoutAddress().secretHolds("d1"),
            new Stop(Reason.INVALID_SPEC)),
        on("no Secret named", aCredential().withoutSecretName(), new Stop(Reason.INVALID_SPEC)),
        on("Revoke, not held yet", aCredential().revokes().secretHolds("d1"), new Hold()),
        on(
            "Revoke, not held yet, applied before",
            applied("d1").revokes().secretHolds("d1"),
            new Hold()),
        on("Revoke, held", aCredential().revokes().held().secretHolds("d1"), new Prepare("d1")),
        on(
            "Revoke, only the plan is wanted",
            aCredential().revokes().plansOnly().secretHolds("d1"),
            new Wait(Reason.CHANGE_PLANNED, Optional.empty())),
        on(
            "held, but Retain now",
            applied("d1").held().secretHolds("d1"),
            new Release(Reason.RETAINED)),
        on(
            "account missing",
            aCredential().accountMissing().secretHolds("d1"),
            new Wait(Reason.ACCOUNT_NOT_FOUND, Optional.empty())),
        on(
            "not allowed, whether or not somebody else has the address",
            aCredential().notAllowed().ownedBy("older").secretHolds("d1"),
            new Stop(Reason.NOT_ALLOWED)),
        on(
            "an older resource has the address",
            aCredential().ownedBy("older").secretHolds("d1"),
            new Stop(Reason.CONFLICT)),
        on(
            "account not ready",
            aCredential().accountNotReady().secretHolds("d1"),
            new Wait(Reason.ACCOUNT_NOT_READY, Optional.empty())),
        on(
            "account not ready, but this one tries",
            aCredential().inTrial().secretHolds("d1"),
            new Prepare("d1")),
        on(
            "SES answers nobody",
            applied("d1").sesUnanswered().secretHolds("d2"),
            new Wait(Reason.SES_UNAVAILABLE, Optional.empty())),
        on(
            "SES answers nobody, in the middle of a push",
            failed().sesUnanswered().secretHolds("d1"),
            new Wait(Reason.SES_UNAVAILABLE, Optional.empty())),
        on(
            "SES answers nobody, but nothing is to be asked",
            applied("d1").sesUnanswered().secretHolds("d1"),
            new Nothing(Reason.APPLIED)),
        on(
            "SES answers nobody, and only the plan is wanted",
            applied("d1").sesUnanswered().secretHolds("d2").plansOnly(),
            new Wait(Reason.CHANGE_PLANNED, Optional.empty())),
        on(
            "SES answers nobody, and the Secret is missing too",
            aCredential().sesUnanswered(),
            missing(Reason.SECRET_NOT_FOUND, 600)),
        on(
            "failed a moment ago, but is the one that tries",
            failed().inTrial().secretHolds("d1"),
            new Push("d1")),
        on(
            "waits for its turn",
            aCredential()
                .pending("d1")
                .secretHolds("d1")
                .waitsFor(Reason.QUOTA_WAIT)
                .nextAttempt(Duration.ofSeconds(9), Cause.QUOTA_WAIT),
            new Push("d1")),
        on("Secret missing", aCredential(), missing(Reason.SECRET_NOT_FOUND, 600)),
        on(
            "Secret missing for a minute",
            aCredential()
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ofMinutes(9), Cause.DEADLINE),
            missing(Reason.SECRET_NOT_FOUND, 540)),
        on(
            "Secret missing for ten minutes",
            aCredential()
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ZERO, Cause.DEADLINE),
            new Stop(Reason.SECRET_NOT_FOUND)),
        on(
            "Secret missing since the clock was a day ahead",
            aCredential()
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ofDays(1), Cause.DEADLINE),
            missing(Reason.SECRET_NOT_FOUND, 600)),
        on(
            "Secret missing for a day",
            aCredential().stalled(Reason.SECRET_NOT_FOUND),
            new Stop(Reason.SECRET_NOT_FOUND)),
        on(
            "another Secret missing after the spec changed",
            aCredential().stalled(Reason.SECRET_NOT_FOUND).generation(2),
            missing(Reason.SECRET_NOT_FOUND, 600)),
        on(
            "key missing after the Secret was",
            aCredential()
                .keyMissing()
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ZERO, Cause.DEADLINE),
            missing(Reason.SECRET_KEY_NOT_FOUND, 600)),
        on(
            "Secret came back while its value was being pushed",
            aCredential()
                .pending("d1")
                .secretHolds("d1")
                .waitsFor(Reason.SECRET_NOT_FOUND)
                .nextAttempt(Duration.ofMinutes(9), Cause.DEADLINE),
            new Push("d1")),
        on(
            "password breaks the rule",
            aCredential().secretBreaks("d1", "at least 10 characters"),
            new Stop(Reason.INVALID_PASSWORD)),
        on(
            "password refused",
            aCredential().secretHolds("d1").rejected("d1", Reason.PASSWORD_REJECTED, 1),
            new Stop(Reason.PASSWORD_REJECTED)),
        on(
            "refused by a reason that only a newer version knows",
            refusedBecause("FromTheFuture"),
            new Stop(Reason.PASSWORD_REJECTED)),
        on(
            "password refused, Secret gone and back",
            aCredential()
                .secretHolds("d1")
                .rejected("d1", Reason.REQUEST_REJECTED, 1)
                .waitsFor(Reason.SECRET_NOT_FOUND),
            new Stop(Reason.REQUEST_REJECTED)),
        on(
            "another password after the refused one",
            aCredential().secretHolds("d2").rejected("d1", Reason.PASSWORD_REJECTED, 1),
            new Prepare("d2")),
        on(
            "password refused for the spec as it was",
            aCredential()
                .secretHolds("d1")
                .rejected("d1", Reason.PASSWORD_REJECTED, 1)
                .generation(2),
            new Prepare("d1")),
        on(
            "failed a moment ago",
            failed().secretHolds("d1"),
            new Wait(Reason.SES_UNAVAILABLE, in(30, Cause.BACKOFF))),
        on(
            "failed a moment ago, then the password changed",
            failed().secretHolds("d2"),
            new Prepare("d2")),
        on(
            "failed a moment ago, then the spec changed",
            failed().secretHolds("d1").generation(2),
            new Push("d1")),
        on(
            "failed, and now it is time",
            failed().secretHolds("d1").nextAttempt(Duration.ZERO, Cause.BACKOFF),
            new Push("d1")),
        on(
            "failed while the clock was a day ahead",
            failed().secretHolds("d1").nextAttempt(Duration.ofDays(1), Cause.BACKOFF),
            new Push("d1")),
        on(
            "changed a second ago and again now",
            applied("d1").secretHolds("d2").changed(Duration.ofSeconds(1)),
            new Wait(Reason.CHANGE_LIMIT, in(4, Cause.CHANGE_LIMIT))),
        on(
            "prepared a second ago",
            applied("d1").pending("d2").secretHolds("d2").changed(Duration.ofSeconds(1)),
            new Push("d2")),
        on(
            "an older request may land for two more minutes",
            applied("d1", 1).secretHolds("d1").unsettledFor(Duration.ofMinutes(2)),
            new Nothing(Reason.APPLIED)),
        on(
            "an older request may have landed",
            applied("d1", 5).secretHolds("d1").unsettledFor(Duration.ZERO),
            new Push("d1")),
        on(
            "an older request may have landed, and the last settle push failed",
            applied("d1", 5)
                .secretHolds("d1")
                .unsettledFor(Duration.ZERO)
                .nextAttempt(Duration.ofSeconds(9), Cause.SETTLE),
            new Nothing(Reason.APPLIED)),
        on(
            "an older request may have landed, and the settle push was put off by a clock a day ahead",
            applied("d1", 5)
                .secretHolds("d1")
                .unsettledFor(Duration.ZERO)
                .nextAttempt(Duration.ofDays(1), Cause.SETTLE),
            new Push("d1")),
        on(
            "an older request may have landed while a change waited for its time",
            applied("d1", 5)
                .secretHolds("d1")
                .unsettledFor(Duration.ZERO)
                .waitsFor(Reason.CHANGE_LIMIT)
                .nextAttempt(Duration.ofSeconds(4), Cause.CHANGE_LIMIT),
            new Push("d1")),
        on("a push is asked for", applied("d1").secretHolds("d1").forced("now"), new Prepare("d1")),
        on(
            "a push is asked for, and prepared",
            applied("d1").pending("d1").secretHolds("d1").forced("now"),
            new Push("d1")),
        on(
            "a push was asked for and made",
            applied("d1").secretHolds("d1").forced("now").handledForceAt("now"),
            new Nothing(Reason.APPLIED)),
        on(
            "another push is asked for a second later",
            applied("d1")
                .secretHolds("d1")
                .forced("again")
                .handledForceAt("now")
                .changed(Duration.ofSeconds(1)),
            new Wait(Reason.CHANGE_LIMIT, in(4, Cause.CHANGE_LIMIT))),
        on(
            "failed a moment ago, and a push is asked for",
            failed().secretHolds("d1").forced("now"),
            new Push("d1")),
        on(
            "password refused, and a push is asked for",
            aCredential()
                .secretHolds("d1")
                .rejected("d1", Reason.PASSWORD_REJECTED, 1)
                .forced("now"),
            new Prepare("d1")),
        on(
            "a push is asked for while SES answers nobody",
            applied("d1").sesUnanswered().secretHolds("d1").forced("now"),
            new Wait(Reason.SES_UNAVAILABLE, Optional.empty())),
        on(
            "a push is asked for in mode Plan",
            applied("d1").secretHolds("d1").plansOnly().forced("now"),
            new Nothing(Reason.APPLIED)),
        on(
            "a look is asked for",
            applied("d1").secretHolds("d1").lookRequested("now"),
            new LookUp()),
        on(
            "a look was asked for and taken",
            applied("d1").secretHolds("d1").lookRequested("now").handledReconcileAt("now"),
            new Nothing(Reason.APPLIED)),
        on(
            "a look is asked for while SES answers nobody",
            applied("d1").sesUnanswered().secretHolds("d1").lookRequested("now"),
            new Nothing(Reason.APPLIED)),
        on("password unset, to be reported", lost().secretHolds("d1"), new Nothing(Reason.APPLIED)),
        on(
            "password unset, to be enforced",
            lost().enforces().secretHolds("d1"),
            new Correct("d1")),
        on(
            "password unset, to be enforced, but it changed meanwhile",
            lost().enforces().secretHolds("d2"),
            new Prepare("d2")),
        on(
            "password unset, to be enforced, in mode Plan",
            lost().enforces().plansOnly().secretHolds("d1"),
            new Nothing(Reason.APPLIED)),
        on(
            "sender made anew after the acceptance, to be enforced",
            applied("d1").enforces().secretHolds("d1").listed(true, Duration.ofMinutes(1)),
            new Correct("d1")),
        on(
            "sender as old as ever",
            applied("d1").enforces().secretHolds("d1").listed(true, Duration.ofDays(9)),
            new Nothing(Reason.APPLIED)),
        on(
            "accepted a moment ago, which no list may show yet",
            aCredential()
                .applied("d1", Duration.ofMinutes(1))
                .ready(Reason.APPLIED)
                .enforces()
                .secretHolds("d1")
                .listed(false, Duration.ofDays(9)),
            new Nothing(Reason.APPLIED)),
        on(
            "sender gone, to be enforced",
            applied("d1").enforces().secretHolds("d1").notListed(Duration.ZERO),
            new Wait(Reason.SENDER_MISSING, Optional.empty())),
        on(
            "sender gone in a list that is older than the acceptance",
            applied("d1").enforces().secretHolds("d1").notListed(Duration.ofHours(2)),
            new Nothing(Reason.APPLIED)),
        on(
            "lost for the third time within an hour",
            lost()
                .enforces()
                .secretHolds("d1")
                .corrected(Duration.ofMinutes(59), Duration.ofMinutes(30), Duration.ofMinutes(10)),
            new Stop(Reason.CONTENDED)),
        on(
            "lost for the third time, but the first is an hour ago",
            lost()
                .enforces()
                .secretHolds("d1")
                .corrected(Duration.ofMinutes(60), Duration.ofMinutes(30), Duration.ofMinutes(10)),
            new Correct("d1")),
        on(
            "accepted a moment ago, which SES does not know yet",
            acceptedAgo(19).secretHolds("d1"),
            new Nothing(Reason.APPLIED)),
        on("time for the first login", acceptedAgo(20).secretHolds("d1"), new Verify("d1")),
        on(
            "a login is under way",
            acceptedAgo(20).secretHolds("d1").loggingIn(),
            new Nothing(Reason.APPLIED)),
        on(
            "verification is not wanted",
            acceptedAgo(20).secretHolds("d1").withoutVerification(),
            new Nothing(Reason.APPLIED)),
        on(
            "refused a moment ago",
            acceptedAgo(25).secretHolds("d1").loggedIn(REFUSED, Duration.ofSeconds(4)),
            new Nothing(Reason.APPLIED)),
        on(
            "refused, and ten seconds passed",
            acceptedAgo(30).secretHolds("d1").loggedIn(REFUSED, Duration.ofSeconds(9)),
            new Verify("d1")),
        on(
            "the value before was refused a moment ago",
            acceptedAgo(25).secretHolds("d1").loggedInBefore(REFUSED, Duration.ofSeconds(1)),
            new Verify("d1")),
        on(
            "never proved, six minutes later",
            acceptedAgo(370).secretHolds("d1").loggedIn(REFUSED, Duration.ofSeconds(60)),
            new Nothing(Reason.APPLIED)),
        on(
            "never proved, ten minutes later",
            acceptedAgo(601).secretHolds("d1").loggedIn(REFUSED, Duration.ofSeconds(60)),
            new Verify("d1")),
        on(
            "never proved, and just restarted between two logins",
            acceptedAgo(370).secretHolds("d1").running(Duration.ofSeconds(9)),
            new Nothing(Reason.APPLIED)),
        on(
            "proved, and running for less than an interval since the last check",
            acceptedAgo(400).secretHolds("d1").verified().running(Duration.ZERO),
            new Nothing(Reason.APPLIED)),
        on(
            "proved, and not checked for an interval",
            applied("d1").secretHolds("d1").verified().running(Duration.ofHours(2)),
            new Verify("d1")),
        on(
            "proved, checked and refused for the first time",
            applied("d1").secretHolds("d1").verified().loggedIn(REFUSED, Duration.ofSeconds(80)),
            new Nothing(Reason.APPLIED)),
        on(
            "proved, refused, and soon to be looked at again",
            applied("d1").secretHolds("d1").verified().loggedIn(REFUSED, Duration.ofSeconds(90)),
            new Verify("d1")),
        on(
            "refused three times over three minutes, to be enforced",
            refusedThreeTimes().enforces().secretHolds("d1"),
            new Correct("d1")),
        on(
            "refused three times over three minutes, to be reported",
            refusedThreeTimes().secretHolds("d1"),
            new Nothing(Reason.APPLIED)),
        on(
            "mode Plan, time for a login",
            acceptedAgo(20).secretHolds("d1").plansOnly(),
            new Nothing(Reason.APPLIED)),
        on(
            "password changed, time for a login",
            acceptedAgo(20).secretHolds("d2"),
            new Prepare("d2")),
        on(
            "SES answers nobody, time for a login",
            acceptedAgo(20).secretHolds("d1").sesUnanswered(),
            new Verify("d1")),
        on(
            "mode Plan, password changed",
            applied("d1").secretHolds("d2").plansOnly(),
            new Wait(Reason.CHANGE_PLANNED, Optional.empty())),
        on(
            "mode Plan, nothing to do",
            applied("d1").secretHolds("d1").plansOnly(),
            new Nothing(Reason.APPLIED)),
        on(
            "mode Plan after a crash",
            applied("d1").pending("d2").secretHolds("d2").plansOnly(),
            new Wait(Reason.CHANGE_PLANNED, Optional.empty())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void plansFor(String situation, Observation seen, Plan plan) {
    assertThat(PLANNER.plan(seen)).as(situation).isEqualTo(plan);
  }

  private static Observations applied(String digest) {
    return aCredential().applied(digest).ready(Reason.APPLIED);
  }

  private static Observations acceptedAgo(int seconds) {
    return aCredential()
        .applied("d1", Duration.ofSeconds(seconds))
        .ready(Reason.APPLIED)
        .running(Duration.ofHours(1));
  }

  private static Observations refusedThreeTimes() {
    return applied("d1")
        .verified()
        .loggedIn(REFUSED, Duration.ofSeconds(181))
        .loggedIn(REFUSED, Duration.ofSeconds(91))
        .loggedIn(REFUSED, Duration.ofSeconds(1));
  }

  private static Observations lost() {
    return applied("d1").listed(false, Duration.ofDays(9));
  }

  private static Observations applied(String digest, int minutesAgo) {
    return aCredential().applied(digest, Duration.ofMinutes(minutesAgo)).ready(Reason.APPLIED);
  }

  private static Observations failed() {
    return aCredential()
        .pending("d1")
        .failures(3)
        .waitsFor(Reason.SES_UNAVAILABLE)
        .nextAttempt(Duration.ofSeconds(30), Cause.BACKOFF);
  }

  private static Observations refusedBecause(String reason) {
    return aCredential().secretHolds("d1").rejected("d1", reason);
  }

  private static Plan missing(Reason reason, long seconds) {
    return new Wait(reason, in(seconds, Cause.DEADLINE));
  }

  private static Optional<NextAttempt> in(long seconds, Cause cause) {
    return Optional.of(new NextAttempt(NOW.plusSeconds(seconds), cause));
  }

  private static Arguments on(String situation, Observations facts, Plan plan) {
    return Arguments.of(situation, facts.seen(), plan);
  }
}
