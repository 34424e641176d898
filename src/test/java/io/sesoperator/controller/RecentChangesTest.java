package io.sesoperator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

  private final RecentChanges changes = RecentChanges.ofValues();
  private final Observation seen = Observations.aCredential().seen();
  private final String uid = seen.subject().uid();

  @Test
  void countsAChangeFromTheTurnThatWroteItDown() {
    changes.note(turn(seen, new Plan.Prepare("k1:digest")));
    changes.note(turn(seen, new Plan.Push("k1:digest")));

    assertThat(changes.of(uid)).containsExactly(Observations.NOW);
    assertThat(changes.of("another")).isEmpty();
  }

  @Test
  void forgetsAfterAnHour() {
    changes.note(turn(seen, new Plan.Prepare("k1:digest")));
    Observation later = seen.at(Observations.NOW.plus(Duration.ofHours(1)));
    changes.note(turn(later, new Plan.Prepare("k1:other")));

    assertThat(changes.of(uid)).containsExactly(later.now());
  }

  private static Reconciliation turn(Observation seen, Plan plan) {
    return new Reconciliation(seen, plan, new Outcome.NotAttempted(), seen.status());
  }
}
