package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.plan.Faults.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random walks through the world of {@link CrashModelTest}, with any number of accidents. */
class CrashWalkTest {

  private static final int ROTATIONS = 60;
  private static final List<String> VALUES =
      List.of("A", "B", "C", "D", CrashWorld.INVALID, CrashWorld.REFUSED);

  /** Whatever goes wrong next, by chance; the accidents stop when the rotations are used up. */
  private static final class Chance implements Faults {
    private final Random random;
    private int rotations;
    private int crashStep = -1;

    Chance(Random random) {
      this.random = random;
    }

    @Override
    public boolean crashesAt(int step) {
      if (crashStep < step) {
        crashStep = step + geometric(25);
      }
      return isWild() && crashStep == step;
    }

    @Override
    public Fate ofCall(int call, boolean operatorDies) {
      Fate[] fates = Fate.values();
      boolean good = !isWild() || random.nextInt(100) < 60;
      return good ? Fate.ANSWERED : fates[random.nextInt(fates.length)];
    }

    @Override
    public boolean readsStaleStatusIn(int pass) {
      return isWild() && random.nextInt(30) == 0;
    }

    @Override
    public Optional<String> rotatesAt(int step) {
      return random.nextInt(20) == 0 ? nextValue() : Optional.empty();
    }

    @Override
    public Optional<String> rotatesWhenIdle() {
      return random.nextInt(3) == 0 ? nextValue() : Optional.empty();
    }

    private Optional<String> nextValue() {
      return rotations++ < ROTATIONS
          ? Optional.of(VALUES.get(random.nextInt(VALUES.size())))
          : Optional.empty();
    }

    private boolean isWild() {
      return rotations < ROTATIONS;
    }

    private int geometric(int mean) {
      return 1 + random.nextInt(2 * mean);
    }
  }

  @Property(tries = 1000)
  void convergesAfterAnyWalk(@ForAll long seed) {
    Chance chance = new Chance(new Random(~seed));
    CrashWorld world = new CrashWorld(Policy.standard(new Random(seed)), chance);

    while (chance.isWild()) {
      world.runUntilQuiet();
      world.clock.advance(Duration.ofSeconds(chance.random.nextInt(700)));
      world.pass();
    }
    world.rotateTo("last");
    world.runUntilQuiet();

    assertThat(world.atSes()).isEqualTo("last");
    assertThat(world.status().condition(Condition.READY)).get().matches(Condition::holds);
    assertThat(world.status().unsettled()).isEmpty();
    assertThat(world.calls - world.settles).isLessThanOrEqualTo(ROTATIONS + 1 + world.accidents());
    assertThat(world.settles).isLessThanOrEqualTo(ROTATIONS + 1 + world.accidents());
  }
}
