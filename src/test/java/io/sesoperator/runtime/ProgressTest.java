package io.sesoperator.runtime;

import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.NextStatus;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Planner;
import io.sesoperator.plan.Policy;
import io.sesoperator.plan.Reconciliation;
import io.sesoperator.runtime.Progress.Standing;
import io.sesoperator.runtime.Progress.State;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final Policy policy = Policy.standard(new Random(3));
  private final Progress progress = new Progress();

  @Test
  void knowsNothingOfAResourceBeforeItsFirstPass() {
    assertThat(standing(1).state()).isEqualTo(State.UNDER_WAY);
    assertThat(standing(1).ready()).isEmpty();
  }

  @Test
  void isDoneWhereSesHoldsTheValue() {
    assertThat(after(applied().secretHolds("d1"))).isEqualTo(State.DONE);
  }

  @Test
  void isUnderWayWhileAValueIsPushed() {
    assertThat(after(applied().secretHolds("d2"))).isEqualTo(State.UNDER_WAY);
  }

  @Test
  void countsNoVerdictOnAnOlderSpec() {
    after(applied().secretHolds("d1"));

    assertThat(standing(2).state()).isEqualTo(State.UNDER_WAY);
  }

  @Test
  void isStalledWhereSomebodyMustAct() {
    assertThat(after(aCredential().secretBreaks("d1", "at least 10 characters")))
        .isEqualTo(State.STALLED);
    assertThat(standing(1).ready().map(Condition::reason)).contains("InvalidPassword");
  }

  @Test
  void isUnderWayWhereSomethingMayCome() {
    assertThat(after(aCredential().secretMissing())).isEqualTo(State.UNDER_WAY);
    assertThat(after(applied().secretHolds("d1").accountNotReady())).isEqualTo(State.UNDER_WAY);
  }

  @Test
  void isUnderWayUntilARequiredProofIsThere() {
    assertThat(after(applied().secretHolds("d1").requiresVerification()))
        .isEqualTo(State.UNDER_WAY);
    assertThat(after(applied().secretHolds("d1").requiresVerification().verified()))
        .isEqualTo(State.DONE);
  }

  @Test
  void isDoneWhereItsOwnerWantsItLeftAlone() {
    assertThat(after(aCredential().secretHolds("d1").suspended())).isEqualTo(State.DONE);
    assertThat(after(aCredential().secretHolds("d1").plansOnly())).isEqualTo(State.DONE);
  }

  @Test
  void returnsAtOnceWhenThereIsNews() throws InterruptedException {
    after(applied().secretHolds("d1"));

    progress.await(Duration.ofDays(1));
  }

  private static Observations applied() {
    return aCredential().applied("d1").ready(Reason.APPLIED);
  }

  /** How it stands after one turn. */
  private State after(Observations facts) {
    Observation seen = facts.seen();
    Plan plan = new Planner(policy).plan(seen);
    Outcome none = new Outcome.NotAttempted();
    progress.accept(
        new Reconciliation(seen, plan, none, new NextStatus(policy).after(seen, plan, none)));
    return standing(1).state();
  }

  private Standing standing(long generation) {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("noreply")
            .withUid("uid-1")
            .withGeneration(generation)
            .build());
    return progress.of(List.of(credential)).getFirst();
  }
}
