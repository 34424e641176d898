package io.sesoperator.faults;

import static io.sesoperator.faults.Sabotage.NO_PRECONDITION;
import static io.sesoperator.faults.Sabotage.NO_SETTLE;
import static io.sesoperator.faults.Sabotage.NO_WRITE_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fault injection finds what it looks for: an operator that lacks one guard goes wrong. */
@ExtendWith(RealApiServerExtension.class)
class SabotageIT {

  private static final int MOST_SEEDS = 10;

  private final RealApiServer server;

  SabotageIT(RealApiServer server) {
    this.server = server;
  }

  @Test
  void leavesAWrongPasswordWithoutWriteAhead() throws Exception {
    assertThat(until(it -> !it.holds(), NO_WRITE_AHEAD, Mode.KILL, 5)).isNotEmpty();
  }

  @Test
  void leavesAWrongPasswordWithoutTheSettlePush() throws Exception {
    assertThat(until(it -> !it.holds(), NO_SETTLE, Mode.PAUSE, 1)).isNotEmpty();
  }

  @Test
  void makesMoreCallsWhenAStatusOverwritesANewerOne() throws Exception {
    assertThat(until(it -> !it.effort().isBounded(), NO_PRECONDITION, Mode.PAUSE, 2)).isNotEmpty();
  }

  /** Plays one seed after the other until one has such verdicts. */
  private List<Verdict> until(Predicate<Verdict> wrong, Sabotage missing, Mode mode, int first)
      throws Exception {
    Campaign campaign = Campaign.sabotaged(server, missing);
    List<Verdict> found = new ArrayList<>();
    for (int seed = first; found.isEmpty() && seed < first + MOST_SEEDS; seed++) {
      campaign.play(mode, seed, 1, verdicts -> verdicts.stream().filter(wrong).forEach(found::add));
    }
    return found;
  }
}
