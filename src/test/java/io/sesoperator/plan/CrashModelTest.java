package io.sesoperator.plan;

import static io.sesoperator.plan.CrashWorld.INVALID;
import static io.sesoperator.plan.CrashWorld.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.plan.Faults.Fate;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.StatusRules.Kstatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every pair of crash points, every time of a second rotation, every lost answer and every late
 * arrival, played to the end.
 */
class CrashModelTest {

  private static final int NEVER = -1;
  private static final int LAST_STEP = 18;
  private static final int LAST_ROTATION = 15; // a later one waits until nothing goes on

  /** How the Secret goes on after it changed from A to B. */
  private static final List<List<String>> ROTATIONS =
      List.of(
          List.of(),
          List.of("A"),
          List.of("C"),
          List.of("A", "B"),
          List.of("C", "B"),
          List.of("C", "A"),
          List.of(INVALID, "B"),
          List.of(INVALID, "A"),
          List.of(REFUSED, "A"),
          List.of(REFUSED, "B"),
          List.of(REFUSED));

  /** One way in which things go wrong. */
  private record Script(
      int crash,
      int secondCrash,
      int rotation,
      List<String> values,
      int lostCall,
      Fate fate,
      int stalePass) {

    Script withRotation(int step, List<String> next) {
      return new Script(crash, secondCrash, step, next, lostCall, fate, stalePass);
    }

    Script withLostCall(int call) {
      return new Script(crash, secondCrash, rotation, values, call, fate, stalePass);
    }

    Script withStalePass(int pass) {
      return new Script(crash, secondCrash, rotation, values, lostCall, fate, pass);
    }

    static Script quiet(Fate fate) {
      return new Script(NEVER, NEVER, NEVER, List.of(), NEVER, fate, NEVER);
    }

    static Script crashing(int first, int second, Fate fate) {
      return new Script(first, second, NEVER, List.of(), NEVER, fate, NEVER);
    }
  }

  /** Plays a script; the second value of a rotation follows two steps after the first. */
  private static final class Play implements Faults {
    private final Script script;
    private int rotated;

    Play(Script script) {
      this.script = script;
    }

    @Override
    public String toString() {
      return script.toString();
    }

    @Override
    public boolean crashesAt(int step) {
      return step == script.crash || step == script.secondCrash;
    }

    @Override
    public Fate ofCall(int call, boolean operatorDies) {
      return call == script.lostCall || operatorDies ? script.fate : Fate.ANSWERED;
    }

    @Override
    public boolean readsStaleStatusIn(int pass) {
      return pass == script.stalePass;
    }

    @Override
    public Optional<String> rotatesAt(int step) {
      boolean due = rotated < script.values.size() && step >= script.rotation + 2 * rotated;
      return due && script.rotation != NEVER ? rotatesWhenIdle() : Optional.empty();
    }

    @Override
    public Optional<String> rotatesWhenIdle() {
      return rotated < script.values.size()
          ? Optional.of(script.values.get(rotated++))
          : Optional.empty();
    }
  }

  @Test
  void setsANewValueWithOneCallAndTwoStatusWrites() {
    CrashWorld world = play(Script.quiet(Fate.ANSWERED), standard());

    assertThat(world.atSes()).isEqualTo("B");
    assertThat(world.calls).isEqualTo(1);
    assertThat(world.settles).isZero();
    assertThat(world.statusWrites).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"NEVER_ARRIVES", "ARRIVES_LAST", "ARRIVES_TWICE"})
  void convergesWhereverTheOperatorDiesAndTheSecretChanges(Fate fate) {
    int played = 0;
    for (int first = NEVER; first <= LAST_STEP; first++) {
      for (int second = first; second <= LAST_STEP; second++) {
        played += forEachRotation(Script.crashing(first, second, fate), this::converges);
      }
    }
    assertThat(played).isEqualTo(33_810);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {
        "ARRIVES_LATE",
        "ARRIVES_LAST",
        "ARRIVES_TWICE",
        "THROTTLED",
        "ANSWERED_AND_REPEATED"
      })
  void convergesWhicheverAnswerIsLostAndWhereverTheOperatorDies(Fate fate) {
    int played = 0;
    for (int call = 0; call < 4; call++) {
      for (int crash = NEVER; crash <= LAST_STEP; crash++) {
        Script script = Script.crashing(crash, NEVER, fate).withLostCall(call);
        played += forEachRotation(script, this::converges);
      }
    }
    assertThat(played).isGreaterThan(10_000);
  }

  @Test
  void convergesOnAStaleStatus() {
    int played = 0;
    for (int pass = 0; pass < 6; pass++) {
      for (int crash = NEVER; crash <= LAST_STEP; crash++) {
        Script script =
            Script.crashing(crash, NEVER, Fate.ARRIVES_LAST).withLostCall(1).withStalePass(pass);
        played += forEachRotation(script, this::converges);
      }
    }
    assertThat(played).isGreaterThan(10_000);
  }

  /** The Secret changes to C at once, and again at any step up to the end of the settle push. */
  private record DuringSettling(int crash, int rotation, String value, int lostCall, Fate fate)
      implements Faults {

    @Override
    public boolean crashesAt(int step) {
      return step == crash;
    }

    @Override
    public Fate ofCall(int call, boolean operatorDies) {
      return call == lostCall || operatorDies ? fate : Fate.ANSWERED;
    }

    @Override
    public boolean readsStaleStatusIn(int pass) {
      return false;
    }

    @Override
    public Optional<String> rotatesAt(int step) {
      return step == 4 ? Optional.of("C") : Optional.of(value).filter(_ -> step == rotation);
    }

    @Override
    public Optional<String> rotatesWhenIdle() {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"NEVER_ARRIVES", "ARRIVES_LATE", "ARRIVES_LAST", "ARRIVES_TWICE"})
  void convergesWhenTheSecretChangesAroundASettlePush(Fate fate) {
    for (int lostCall = 1; lostCall < 5; lostCall++) {
      for (int rotation = 8; rotation < 30; rotation++) {
        for (int crash = 7; crash < 30; crash++) {
          for (String value : List.of("A", "B", "D")) {
            converges(new DuringSettling(crash, rotation, value, lostCall, fate), 3);
          }
        }
      }
    }
  }

  @Test
  void wouldLoseAgainstALateRequestWithoutTheSettlePush() {
    Policy withoutSettling = withSettleTime(Duration.ZERO);
    List<Script> wrong = new ArrayList<>();
    for (int crash = NEVER; crash <= LAST_STEP; crash++) {
      forEachRotation(
          Script.crashing(crash, NEVER, Fate.ARRIVES_LAST).withLostCall(0),
          script -> {
            CrashWorld world = play(script, withoutSettling);
            if (isWrong(world)) {
              wrong.add(script);
            }
          });
    }

    assertThat(wrong).isNotEmpty();
    assertThat(wrong).allMatch(script -> !isWrong(play(script, standard())));
  }

  private int forEachRotation(Script script, Consumer<Script> check) {
    List<Script> scripts =
        ROTATIONS.stream()
            .flatMap(values ->
                values.isEmpty()
                    ? IntStream.of(NEVER).mapToObj(_ -> script)
                    : IntStream.rangeClosed(0, LAST_ROTATION)
                        .mapToObj(step -> script.withRotation(step, values)))
            .toList();
    scripts.forEach(check);
    return scripts.size();
  }

  private void converges(Script script) {
    converges(new Play(script), 1 + script.values.size());
  }

  private void converges(Faults faults, int values) {
    try {
      CrashWorld world = play(faults, standard());
      tellsTheTruth(world);
      boundsItsCalls(values, world);
      isIdle(world);
    } catch (AssertionError e) {
      throw new AssertionError(faults.toString(), e);
    }
  }

  private static CrashWorld play(Script script, Policy policy) {
    return play(new Play(script), policy);
  }

  private static CrashWorld play(Faults faults, Policy policy) {
    CrashWorld world = new CrashWorld(policy, faults);
    world.rotateTo("B");
    world.runUntilQuiet();
    return world;
  }

  private static void tellsTheTruth(CrashWorld world) {
    if (world.secret().equals(REFUSED)) {
      assertThat(StatusRules.kstatus(world.status(), 1)).isEqualTo(Kstatus.FAILED);
      return;
    }
    assertThat(world.atSes()).isEqualTo(world.secret());
    assertThat(world.status().condition(Condition.READY)).get().matches(Condition::holds);
    assertThat(world.status().applied())
        .get()
        .matches(applied -> applied.digest().equals(CrashWorld.digest(world.secret())));
    assertThat(world.status().unsettled()).isEmpty();
  }

  private static boolean isWrong(CrashWorld world) {
    return !world.secret().equals(REFUSED) && !world.atSes().equals(world.secret());
  }

  /** One call for each value, one for each accident, and one settle push in the end. */
  private static void boundsItsCalls(int values, CrashWorld world) {
    assertThat(world.calls - world.settles).isLessThanOrEqualTo(values + world.accidents());
    assertThat(world.settles).isLessThanOrEqualTo(values + world.accidents());
  }

  private static void isIdle(CrashWorld world) {
    int calls = world.calls;
    int writes = world.statusWrites;

    world.refreshCaches();
    world.clock.advance(Duration.ofDays(1));
    world.pass();
    world.runUntilQuiet();

    assertThat(world.calls).isEqualTo(calls);
    assertThat(world.statusWrites).isEqualTo(writes);
  }

  private static Policy standard() {
    return Policy.standard(new Random(42));
  }

  private static Policy withSettleTime(Duration settleTime) {
    Policy policy = standard();
    return new Policy(
        policy.firstBackoff(),
        policy.longestBackoff(),
        policy.missingDeadline(),
        policy.changeInterval(),
        policy.changesPerHour(),
        settleTime,
        policy.revokeTime(),
        policy.correctionsPerHour(),
        policy.random());
  }
}
