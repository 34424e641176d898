package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Facts.Applied;
import io.sesoperator.plan.Facts.Around;
import io.sesoperator.plan.Facts.Doubt;
import io.sesoperator.plan.Facts.Generation;
import io.sesoperator.plan.Facts.Limit;
import io.sesoperator.plan.Facts.Mode;
import io.sesoperator.plan.Facts.Next;
import io.sesoperator.plan.Facts.Pending;
import io.sesoperator.plan.Facts.Rejected;
import io.sesoperator.plan.Facts.Says;
import io.sesoperator.plan.Facts.Secret;
import io.sesoperator.plan.Facts.Spec;
import io.sesoperator.plan.Plan.Ask;
import io.sesoperator.plan.Plan.Cause;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.NextAttempt;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Prepare;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Verify;
import io.sesoperator.plan.Plan.Wait;
import io.sesoperator.plan.Watch.Asked;
import io.sesoperator.plan.Watch.Corrections;
import io.sesoperator.plan.Watch.DriftPolicy;
import io.sesoperator.plan.Watch.Listed;
import io.sesoperator.plan.Watch.Login;
import io.sesoperator.plan.Watch.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is to be done in each situation, written a second time and in other words than the planner:
 * the first row that fits decides.
 */
final class DecisionTable {

  private record Row(String situation, Predicate<Facts> fits, Function<Facts, Plan> plan) {}

  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private static final List<Row> ROWS =
      List.of(
          row("suspended", f -> f.spec() == Spec.SUSPENDED, new Nothing(Reason.SUSPENDED)),
          row("no address", f -> f.spec() == Spec.UNUSABLE, new Stop(Reason.INVALID_SPEC)),
          row(
              "no account",
              f -> f.around() == Around.ACCOUNT_MISSING,
              waits(Reason.ACCOUNT_NOT_FOUND)),
          row(
              "the account does not admit it, whoever else claims the address",
              f -> f.around() == Around.NOT_ALLOWED || f.around() == Around.NOT_ALLOWED_AND_CLAIMED,
              new Stop(Reason.NOT_ALLOWED)),
          row(
              "an older resource has the address",
              f -> f.around() == Around.CLAIMED || f.around() == Around.CLAIMED_AND_NOT_READY,
              new Stop(Reason.CONFLICT)),
          row(
              "account not ready",
              f -> f.around() == Around.NOT_READY,
              waits(Reason.ACCOUNT_NOT_READY)),
          row(
              "Secret missing for long",
              f -> f.secret() == Secret.MISSING && missingForLong(f, Says.SECRET_NOT_FOUND),
              new Stop(Reason.SECRET_NOT_FOUND)),
          row(
              "Secret missing",
              f -> f.secret() == Secret.MISSING,
              f -> untilDeadline(f, Says.SECRET_NOT_FOUND, Reason.SECRET_NOT_FOUND)),
          row(
              "key missing for long",
              f -> f.secret() == Secret.KEY_MISSING && missingForLong(f, Says.KEY_NOT_FOUND),
              new Stop(Reason.SECRET_KEY_NOT_FOUND)),
          row(
              "key missing",
              f -> f.secret() == Secret.KEY_MISSING,
              f -> untilDeadline(f, Says.KEY_NOT_FOUND, Reason.SECRET_KEY_NOT_FOUND)),
          row(
              "breaks the rule",
              f -> f.secret() == Secret.INVALID,
              new Stop(Reason.INVALID_PASSWORD)),
          row(
              "refused, and neither value nor spec changed",
              f -> f.rejected() == Rejected.WANTED && !isForced(f),
              new Stop(Reason.PASSWORD_REJECTED)),
          row(
              "only planned, and nothing to do",
              f -> f.mode() == Mode.PLAN && isApplied(f),
              new Nothing(Reason.APPLIED)),
          row("only planned", f -> f.mode() == Mode.PLAN, waits(Reason.CHANGE_PLANNED)),
          row(
              "SES answers nobody",
              f -> f.around() == Around.SES_UNANSWERED && isToBePushed(f),
              waits(Reason.SES_UNAVAILABLE)),
          row(
              "this value failed a moment ago, for this spec, and does not try for others",
              f ->
                  f.pending() == Pending.WANTED
                      && f.next() == Next.BACKOFF
                      && isOfThisSpec(f)
                      && !isForced(f)
                      && f.around() != Around.IN_TRIAL,
              f -> new Wait(said(f), Optional.of(soon(Cause.BACKOFF)))),
          row(
              "written down: push, also after a crash",
              f -> f.pending() == Pending.WANTED,
              new Push(Facts.WANTED)),
          row(
              "changes too often",
              f -> isToBePushed(f) && f.limit() == Limit.REACHED,
              new Wait(
                  Reason.CHANGE_LIMIT,
                  Optional.of(new NextAttempt(NOW.plus(Facts.UNTIL_LIMIT), Cause.CHANGE_LIMIT)))),
          row("changed, or asked for by hand", f -> isToBePushed(f), new Prepare(Facts.WANTED)),
          row(
              "somebody wants to know how it stands at SES",
              f -> f.watch().asked() == Asked.LOOK && f.around() == Around.FINE,
              new LookUp()),
          row(
              "time for a login",
              f ->
                  f.watch().login() == Login.DUE
                      && f.watch().verification() != Verification.DISABLED,
              new Verify(Facts.WANTED)),
          row(
              "gone, and only its owner can make it anew",
              f -> f.watch().listed() == Listed.GONE && isEnforced(f),
              waits(Reason.SENDER_MISSING)),
          row(
              "somebody else wants another value",
              f ->
                  ((isLost(f) && isEnforced(f)) || isToBeAsked(f))
                      && f.watch().corrections() == Corrections.TOO_MANY,
              new Stop(Reason.CONTENDED)),
          row("lost at SES", f -> isLost(f) && isEnforced(f), new Correct(Facts.WANTED)),
          row(
              "to be corrected, and only SES itself can tell",
              f -> isToBeAsked(f),
              new Ask(Facts.WANTED)),
          row(
              "nothing older can land any more",
              f -> isOver(f) && f.next() != Next.SETTLE,
              new Push(Facts.WANTED)),
          row("all is well", _ -> true, new Nothing(Reason.APPLIED)));

  private DecisionTable() {}

  static Plan decide(Facts facts) {
    return first(facts).plan.apply(facts);
  }

  static String situation(Facts facts) {
    return first(facts).situation;
  }

  static List<String> situations() {
    return ROWS.stream().map(Row::situation).toList();
  }

  private static Row first(Facts facts) {
    return ROWS.stream().filter(row -> row.fits.test(facts)).findFirst().orElseThrow();
  }

  private static boolean isApplied(Facts f) {
    boolean doubted =
        f.doubt() == Doubt.OPEN_SINCE_ACCEPTANCE || f.doubt() == Doubt.OVER_SINCE_ACCEPTANCE;
    return f.applied() == Applied.WANTED && f.pending() == Pending.NO && !doubted;
  }

  private static boolean isForced(Facts f) {
    return f.watch().asked() == Asked.PUSH;
  }

  private static boolean isToBePushed(Facts f) {
    return isForced(f) || !isApplied(f);
  }

  private static boolean isEnforced(Facts f) {
    return f.watch().policy() == DriftPolicy.ENFORCE;
  }

  private static boolean isLost(Facts f) {
    return f.watch().listed() == Listed.WITHOUT_PASSWORD
        || (f.watch().login() == Login.REFUSED
            && f.watch().verification() != Verification.DISABLED);
  }

  private static boolean isToBeAsked(Facts f) {
    return isEnforced(f)
        && f.watch().verification() == Verification.DISABLED
        && f.watch().login() != Login.NONE
        && f.around() == Around.FINE
        && f.doubt() == Doubt.NONE;
  }

  private static boolean isOver(Facts f) {
    return f.doubt() == Doubt.OVER_BEFORE_ACCEPTANCE || f.doubt() == Doubt.OVER_SINCE_ACCEPTANCE;
  }

  private static boolean isOfThisSpec(Facts f) {
    return f.generation() == Generation.SAME && f.says() != Says.NOTHING_YET;
  }

  private static boolean missingForLong(Facts f, Says saying) {
    boolean stalled = f.says() == Says.SECRET_NOT_FOUND_STALLED && saying == Says.SECRET_NOT_FOUND;
    boolean expired = isSaying(f, saying) && f.next() == Next.PAST;
    return f.generation() == Generation.SAME && (stalled || expired);
  }

  private static Plan untilDeadline(Facts f, Says saying, Reason reason) {
    boolean waiting =
        f.generation() == Generation.SAME && isSaying(f, saying) && f.next() != Next.NONE;
    Duration rest = waiting ? Facts.SOON : DEADLINE;
    return new Wait(reason, Optional.of(new NextAttempt(NOW.plus(rest), Cause.DEADLINE)));
  }

  private static boolean isSaying(Facts f, Says saying) {
    return f.says() == saying
        || (saying == Says.SECRET_NOT_FOUND && f.says() == Says.SECRET_NOT_FOUND_STALLED);
  }

  private static Reason said(Facts f) {
    return switch (f.says()) {
      case NOTHING_YET -> throw new IllegalArgumentException("Nothing was said");
      case APPLIED -> Reason.APPLIED;
      case SECRET_NOT_FOUND, SECRET_NOT_FOUND_STALLED -> Reason.SECRET_NOT_FOUND;
      case KEY_NOT_FOUND -> Reason.SECRET_KEY_NOT_FOUND;
      case SES_UNAVAILABLE -> Reason.SES_UNAVAILABLE;
    };
  }

  private static NextAttempt soon(Cause cause) {
    return new NextAttempt(NOW.plus(Facts.SOON), cause);
  }

  private static Plan waits(Reason reason) {
    return new Wait(reason, Optional.empty());
  }

  private static Row row(String situation, Predicate<Facts> fits, Plan plan) {
    return row(situation, fits, _ -> plan);
  }

  private static Row row(String situation, Predicate<Facts> fits, Function<Facts, Plan> plan) {
    return new Row(situation, fits, plan);
  }
}
