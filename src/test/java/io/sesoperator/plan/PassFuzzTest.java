package io.sesoperator.plan;

import static io.sesoperator.plan.FuzzedWorld.demand;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.fuzz.EditedJson;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.plan.Plan.Push;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * A resource and an account as nobody should write them, and what happens to them: an input edits
 * {@link FuzzedWorld#SOUND}. Each of its {@code steps} is a pass. After them SES is well, and all
 * must come to rest.
 */
class PassFuzzTest {

  private static final Outcome NOT_ATTEMPTED = new Outcome.NotAttempted();
  private static final int MOST_TURNS = 5;
  private static final int MOST_STEPS = 8;
  private static final int MOST_PASSES_TO_REST = 60;

  private final FuzzedWorld worlds = new FuzzedWorld();

  @FuzzTarget
  void keepsItsPromisesWhateverItReads(byte[] input) {
    JsonNode world = EditedJson.of(FuzzedWorld.SOUND, input);
    Operator operator = new Operator(Policy.standard(new Random(1)));
    Ended ended = new Ended(worlds.observe(world), Optional.empty());
    int left = MOST_STEPS;
    for (JsonNode step : world.path("steps")) {
      if (left-- > 0) {
        ended = operator.pass(worlds.later(ended.seen(), ended.wake(), step), step);
      }
    }
    operator.comesToRest(ended.seen());
  }

  /** How a pass left things, and when it wants the next one. */
  private record Ended(Observation seen, Optional<Instant> wake) {}

  private final class Operator {
    private final Planner planner;
    private final NextStatus nextStatus;

    Operator(Policy policy) {
      planner = new Planner(policy);
      nextStatus = new NextStatus(policy);
    }

    Ended pass(Observation start, JsonNode step) {
      Observation seen = start;
      for (int turn = 0; turn < MOST_TURNS; turn++) {
        Plan plan = planner.plan(seen);
        worlds.permits(seen, plan);
        Outcome outcome = isCall(plan) ? worlds.answer(step, seen) : beside(plan);
        Reconciliation done = turn(seen, plan, outcome);
        if (done.endsPass()) {
          return atRest(done);
        }
        seen = worlds.noted(done);
      }
      throw new AssertionError("The pass does not end");
    }

    private Reconciliation turn(Observation seen, Plan plan, Outcome outcome) {
      Reconciliation done =
          new Reconciliation(seen, plan, outcome, nextStatus.after(seen, plan, outcome));
      worlds.isRightAndReadable(done);
      return done;
    }

    private Ended atRest(Reconciliation done) {
      Observation seen = afterTheBreaker(done);
      Optional<Instant> wake = done.wakeTime();
      demand(staysAsItIs(seen, done.outcome()), "The same situation is written twice");
      demand(wake.stream().allMatch(seen.now()::isBefore), "Wakes in the past");
      wake.ifPresent(time -> Duration.between(seen.now(), time).toMillis());
      if (seen.recentChanges().isEmpty()) {
        wake.map(time -> time.minusMillis(1))
            .filter(seen.now()::isBefore)
            .ifPresent(time ->
                demand(staysAsItIs(seen.at(time), done.outcome()), "Writes before it wakes"));
      }
      return new Ended(seen, wake);
    }

    /**
     * An account in trouble is held back, and who tried for it has tried: status may say so once.
     */
    private Observation afterTheBreaker(Reconciliation done) {
      Observation seen = done.after();
      if (!(done.outcome() instanceof Outcome.AccountTrouble)
          && !seen.isAccess(Observation.Access.Trial.class)) {
        return seen;
      }
      Observation refused =
          FuzzedWorld.with(new Observation.Access.Refused(Optional.empty()), seen);
      for (int turn = 0; turn < MOST_TURNS; turn++) {
        Plan plan = planner.plan(refused);
        Reconciliation next = turn(refused, plan, beside(plan));
        refused = next.after();
        if (next.endsPass()) {
          return refused;
        }
      }
      throw new AssertionError("The pass does not end");
    }

    // Who waits for its turn asks again whenever it is woken, and is told the same.
    private boolean staysAsItIs(Observation seen, Outcome outcome) {
      Plan plan = planner.plan(seen);
      Outcome again = isCall(plan) ? outcome : beside(plan);
      return nextStatus.after(seen, plan, again).equals(seen.status());
    }

    private static Outcome beside(Plan plan) {
      return switch (plan) {
        case Plan.Verify _ -> new Outcome.LoggingIn();
        case Plan.LookUp _ -> new Outcome.LookedUp(Optional.empty());
        case Plan.Prepare _,
            Plan.Correct _,
            Plan.Push _,
            Plan.Ask _,
            Plan.Hold _,
            Plan.Revoke _,
            Plan.Release _,
            Plan.End _ ->
            NOT_ATTEMPTED;
      };
    }

    private static boolean isCall(Plan plan) {
      return plan instanceof Push || plan instanceof Plan.Revoke;
    }

    /** But for logins, which go on for ever. */
    private static boolean isAtRest(Ended ended) {
      return ended.wake().isEmpty() || ended.seen().status().nextAttemptTime().isEmpty();
    }

    void comesToRest(Observation start) {
      Observation seen = FuzzedWorld.with(new Observation.Access.Open(), start);
      for (int i = 0; i < MOST_PASSES_TO_REST; i++) {
        Ended ended = pass(seen, FuzzedWorld.WELL);
        if (isAtRest(ended)) {
          worlds.tellsTheTruth(ended.seen());
          return;
        }
        seen = ended.seen().at(ended.wake().get());
      }
      throw new AssertionError("Never comes to rest");
    }
  }
}
