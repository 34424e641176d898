package io.sesoperator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One seed of each mode at every step; {@code hack/faults} plays many. */
@ExtendWith(RealApiServerExtension.class)
class FaultInjectionIT {

  @Test
  void convergesWithOneMoreCallAtMostWhateverHappensAtAnyStep(RealApiServer server)
      throws Exception {
    Campaign campaign = Campaign.on(server);
    List<Verdict> verdicts = new ArrayList<>();

    for (Mode mode : Mode.values()) {
      campaign.play(mode, 0, 1, verdicts::addAll);
    }

    assertThat(campaign.points()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(verdicts).hasSize(Mode.values().length * campaign.points().size());
    assertThat(verdicts).allMatch(Verdict::isRight);
  }
}
