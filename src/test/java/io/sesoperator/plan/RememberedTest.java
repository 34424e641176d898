package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Forecast.Action;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody who is not the operator makes of the status alone. */
class RememberedTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Policy policy = Policy.standard(new Random(1));
  private final Forecaster forecaster = new Forecaster(new Planner(policy));

  private Forecast of(Observations credential, Optional<Instant> checkedAt) {
    Observation seen = credential.seen();
    return forecaster.forecast(
        List.of(seen.with(Remembered.of(seen.status(), checkedAt, seen.now(), policy))));
  }

  private static Observations applied() {
    return aCredential().secretHolds("a:1").applied("a:1", HOUR).enforces();
  }

  @Test
  void nothingIsDueThatOnlyTheOperatorKnowsOf() {
    Forecast forecast = of(applied(), Optional.empty());

    assertThat(forecast.action()).isEqualTo(Action.NONE);
    assertThat(forecast.reason()).contains(Reason.APPLIED);
  }

  @Test
  void aSenderThatWasMadeAnewIsCorrectedWhereThatIsWanted() {
    Forecast forecast = of(applied().sender(false), Optional.of(Observations.NOW));

    assertThat(forecast.action()).isEqualTo(Action.CHANGE);
    assertThat(forecast.reason()).contains(Reason.CORRECTING_DRIFT);
    assertThat(forecast.message()).contains("SES lost the password", "(SenderRecreated)");
  }

  @Test
  void aListThatIsOlderThanTheAcceptanceTellsNothing() {
    Optional<Instant> before = Optional.of(Observations.NOW.minus(HOUR.multipliedBy(2)));

    assertThat(of(applied().sender(false), before).action()).isEqualTo(Action.NONE);
  }

  @Test
  void aProvedPasswordThatIsRefusedIsCorrectedWhereThatIsWanted() {
    Forecast forecast = of(applied().verified().drifted(Reason.LOGIN_REFUSED), Optional.empty());

    assertThat(forecast.action()).isEqualTo(Action.CHANGE);
    assertThat(forecast.reason()).contains(Reason.CORRECTING_DRIFT);
  }

  @Test
  void contentionLastsForAnHour() {
    Forecast forecast =
        of(applied().sender(false).stalled(Reason.CONTENDED), Optional.of(Observations.NOW));

    assertThat(forecast.action()).isEqualTo(Action.BLOCKED);
    assertThat(forecast.reason()).contains(Reason.CONTENDED);
  }
}
