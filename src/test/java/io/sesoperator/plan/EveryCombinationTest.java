package io.sesoperator.plan;

import static io.sesoperator.plan.Outcomes.NOT_ATTEMPTED;
import static io.sesoperator.testing.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Facts.Around;
import io.sesoperator.plan.Facts.Mode;
import io.sesoperator.plan.Facts.Pending;
import io.sesoperator.plan.Facts.Secret;
import io.sesoperator.plan.Facts.Spec;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Plan.Ask;
import io.sesoperator.plan.Plan.Correct;
import io.sesoperator.plan.Plan.Effect;
import io.sesoperator.plan.Plan.LookUp;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Push;
import io.sesoperator.plan.Plan.Verify;
import io.sesoperator.plan.Plan.Wait;
import io.sesoperator.testing.StatusRules;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Planner and fold in every combination of facts, and after every outcome. */
class EveryCombinationTest {

  private static final Policy POLICY = Policy.standard(new Random(1));
  private static final Planner PLANNER = new Planner(POLICY);
  private static final NextStatus NEXT_STATUS = new NextStatus(POLICY);

  /** What the planner says in every combination of facts. */
  private static final List<Decision> DECISIONS =
      Facts.all().map(facts -> new Decision(facts, PLANNER.plan(facts.seen()))).toList();

  private static final Set<Around> MAY_CALL = EnumSet.of(Around.FINE, Around.IN_TRIAL);

  private record Decision(Facts facts, Plan plan) {}

  @Test
  void decidesByTheFirstRuleThatFitsInEveryCombinationOfFacts() {
    for (Decision decision : DECISIONS) {
      Plan expected = DecisionTable.decide(decision.facts);
      if (!decision.plan.equals(expected)) {
        assertThat(decision.plan)
            .as("%s: %s", DecisionTable.situation(decision.facts), decision.facts)
            .isEqualTo(expected);
      }
    }

    assertThat(DECISIONS).hasSizeGreaterThan(300_000);
    assertThat(
            DECISIONS.stream()
                .map(decision -> DecisionTable.situation(decision.facts))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(DecisionTable.situations());
  }

  @Test
  void neverHasAnEffectInModePlan() {
    assertThat(effects()).isNotEmpty().noneMatch(d -> d.facts.mode() == Mode.PLAN);
  }

  @Test
  void hasAnEffectOnlyWhereItMay() {
    assertThat(effects())
        .allMatch(d -> d.facts.spec() == Spec.USABLE)
        .allMatch(d -> MAY_CALL.contains(d.facts.around()) || isAllowedWhileSesIsAway(d))
        .allMatch(d -> d.facts.secret() == Secret.THERE)
        .allMatch(d -> d.facts.rejected() != Facts.Rejected.WANTED || isForced(d.facts));
  }

  // A correction is written down, and waits.
  private static boolean isAllowedWhileSesIsAway(Decision decision) {
    return isToSettle(decision.facts)
        || decision.plan instanceof Verify
        || decision.plan instanceof Correct;
  }

  private static boolean isForced(Facts facts) {
    return facts.watch().asked() == Watch.Asked.PUSH;
  }

  @Test
  void looksOnlyWhereSomebodyAsksAndLogsInOnlyWhereThatIsWanted() {
    assertThat(effects().filter(d -> d.plan instanceof LookUp))
        .isNotEmpty()
        .allMatch(d -> d.facts.watch().asked() == Watch.Asked.LOOK);
    assertThat(effects().filter(d -> d.plan instanceof Verify))
        .isNotEmpty()
        .allMatch(d -> d.facts.watch().verification() != Watch.Verification.DISABLED)
        .allMatch(d -> d.facts.watch().login() != Watch.Login.UNDER_WAY);
  }

  @Test
  void asksOnlyWhereDriftIsEnforcedAndNoLoginTells() {
    assertThat(effects().filter(d -> d.plan instanceof Ask))
        .isNotEmpty()
        .allMatch(d -> d.plan.equals(new Ask(Facts.WANTED)))
        .allMatch(d -> d.facts.watch().policy() == Watch.DriftPolicy.ENFORCE)
        .allMatch(d -> d.facts.watch().verification() == Watch.Verification.DISABLED)
        .allMatch(d -> d.facts.watch().corrections() == Watch.Corrections.FEW);
  }

  @Test
  void correctsOnlyWhereDriftIsEnforced() {
    assertThat(effects().filter(d -> d.plan instanceof Correct))
        .isNotEmpty()
        .allMatch(d -> d.facts.watch().policy() == Watch.DriftPolicy.ENFORCE)
        .allMatch(d -> d.facts.watch().corrections() == Watch.Corrections.FEW);
  }

  @Test
  void pushesOnlyTheWantedValueAndOnlyIfItIsWrittenDownOrWasAccepted() {
    assertThat(effects().filter(d -> d.plan instanceof Push))
        .isNotEmpty()
        .allMatch(d -> d.plan.equals(new Push(Facts.WANTED)))
        .allMatch(d -> d.facts.pending() == Pending.WANTED || isToSettle(d.facts));
  }

  @Test
  void promisesOnlyTimesThatLieAhead() {
    assertThat(
            DECISIONS.stream().filter(d -> d.plan instanceof Wait(_, var next) && next.isPresent()))
        .isNotEmpty()
        .allMatch(d -> ((Wait) d.plan).next().orElseThrow().time().isAfter(NOW));
  }

  @Test
  void isContentOnlyWhenTheWantedValueWasAccepted() {
    assertThat(DECISIONS.stream().filter(d -> d.plan.equals(new Nothing(Reason.APPLIED))))
        .isNotEmpty()
        .allMatch(d -> d.facts.applied() == Facts.Applied.WANTED)
        .allMatch(d -> d.facts.pending() == Pending.NO)
        .allMatch(d -> d.facts.secret() == Secret.THERE);
  }

  private static Stream<Decision> effects() {
    return DECISIONS.stream().filter(decision -> decision.plan instanceof Effect);
  }

  private static boolean isToSettle(Facts facts) {
    return facts.pending() == Pending.NO
        && facts.applied() == Facts.Applied.WANTED
        && facts.doubt() == Facts.Doubt.OVER_BEFORE_ACCEPTANCE;
  }

  @Test
  void writesNothingTwiceInAnySituationAfterAnyOutcome() {
    long passes =
        Facts.all()
            .filter(facts -> facts.watch().asked() == Watch.Asked.NOTHING)
            .flatMap(facts ->
                Outcomes.ofAPush().stream()
                    .filter(outcome -> isFirstOrMatters(outcome, PLANNER.plan(facts.seen())))
                    .peek(outcome -> settlesDown(facts, outcome)))
            .count();

    assertThat(passes).isGreaterThan(200_000);
  }

  private static boolean isFirstOrMatters(Outcome outcome, Plan plan) {
    return plan instanceof Effect || outcome.equals(Outcomes.changed());
  }

  /** Within five turns, with every status right, and with nothing more to write after them. */
  private void settlesDown(Facts facts, Outcome outcome) {
    Observation seen = facts.seen();
    for (int turn = 0; turn < 5; turn++) {
      Reconciliation done = turn(seen, outcome);
      if (facts.spec() != Facts.Spec.SUSPENDED) {
        StatusRules.check(done.next(), seen.subject().generation());
      }
      if (done.endsPass()) {
        demand(done.wakeTime().orElse(Instant.MAX).isAfter(NOW), "wakes in the past", facts);
        isFixpoint(facts, done.after(), outcome);
        return;
      }
      seen = done.after();
    }
    throw new AssertionError("Does not end: " + facts + " " + outcome);
  }

  private static Reconciliation turn(Observation seen, Outcome ofAPush) {
    Plan plan = PLANNER.plan(seen);
    Outcome came =
        switch (plan) {
          case Push _, Ask _ -> ofAPush;
          case Verify _ -> new Outcome.LoggingIn();
          case LookUp _ -> new Outcome.LookedUp(seen.evidence().listing());
          case Plan.Prepare _, Correct _, Plan.Hold _, Plan.Release _, Plan.Revoke _, Plan.End _ ->
              NOT_ATTEMPTED;
        };
    return new Reconciliation(seen, plan, came, NEXT_STATUS.after(seen, plan, came));
  }

  private void isFixpoint(Facts facts, Observation seen, Outcome outcome) {
    Observation follows = afterTheBreaker(facts, seen, outcome);
    demand(staysAsItIs(follows, outcome), "writes twice", facts);
    Instant beforeWake =
        follows.status().nextAttemptTime().orElse(NOW.plusSeconds(2)).minusMillis(1);
    if (facts.limit() == Facts.Limit.FREE && beforeWake.isAfter(NOW)) {
      demand(staysAsItIs(follows.at(beforeWake), outcome), "writes before it wakes", facts);
    }
  }

  /** The breaker opens, or who tried for others is dismissed; its status may say so once. */
  private static Observation afterTheBreaker(Facts facts, Observation seen, Outcome outcome) {
    Observation around = seen;
    if (outcome instanceof Outcome.AccountTrouble) {
      around = with(new Access.Refused(Optional.of(Reason.NOT_AUTHORIZED)), seen);
    } else if (facts.around() == Around.IN_TRIAL) {
      around = with(new Access.Unanswered(), seen);
    }
    return around.equals(seen) ? seen : around.with(turn(around, outcome).next());
  }

  private static Observation with(Access access, Observation seen) {
    AccountFacts account =
        switch (seen.account()) {
          case AccountFacts.Missing missing -> missing;
          case AccountFacts.Known known -> new AccountFacts.Known(known.admits(), access);
        };
    return new Observation(
        seen.now(),
        seen.subject(),
        seen.spec(),
        seen.status(),
        account,
        seen.secret(),
        seen.olderClaim(),
        seen.recentChanges(),
        seen.deletion(),
        seen.requests(),
        seen.evidence());
  }

  // Who waits for its turn asks again whenever it is woken, and is told the same.
  private static boolean staysAsItIs(Observation seen, Outcome outcome) {
    return turn(seen, outcome).next().equals(seen.status());
  }

  // An assertion's own machinery would take most of the time here.
  private static void demand(boolean holds, String otherwise, Facts facts) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + facts);
    }
  }
}
