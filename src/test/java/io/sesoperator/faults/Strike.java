package io.sesoperator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What is done to an operator whose steps stand still, and who goes on then. */
final class Strike {

  /** How long no operator is there. */
  private static final List<Duration> ABSENCES =
      List.of(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ofMinutes(4),
          Duration.ofMinutes(10));

  /** Longer than a Lease lasts. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  /** Longer than the operator takes from one step to the next. */
  private static final Duration A_WHILE = Duration.ofMillis(200);

  private final Arena arena;
  private final Runs runs;
  private final Random random;

  Strike(Arena arena, Runs runs, Random random) {
    this.arena = arena;
    this.runs = runs;
    this.random = random;
  }

  /** Returns when all is quiet again. */
  void at(Instance victim, Mode mode) throws Exception {
    switch (mode) {
      case KILL -> kill(victim);
      case KILL_TWICE -> killTwice(victim);
      case CUT -> cut(victim);
      case PAUSE -> {
        takeOver(victim);
        wakeUp(victim);
      }
      case LONG_PAUSE -> {
        takeOver(victim);
        arena.passTime(Settling.TIME);
        arena.nudge();
        runs.awaitSettled();
        wakeUp(victim);
      }
    }
  }

  private void kill(Instance victim) throws Exception {
    arena.kill(victim);
    runs.each(Run::strike);
    arena.passTime(ABSENCES.get(random.nextInt(ABSENCES.size())));
    runs.each(Run::meanwhile);
    arena.start(Weather.of(random), this::follow);
    runs.finish();
  }

  private void killTwice(Instance victim) throws Exception {
    arena.kill(victim);
    runs.each(Run::strike);
    Instance second =
        arena.start(Weather.of(random), sentry -> runs.each(run -> run.awaitAgain(sentry)));
    runs.awaitSecondFaults();
    arena.kill(second);
    runs.each(run -> run.secondFault().lose());
    arena.passTime(ABSENCES.get(random.nextInt(ABSENCES.size())));
    runs.each(Run::meanwhile);
    arena.start(Weather.of(random), this::follow);
    runs.finish();
  }

  private void cut(Instance victim) {
    victim.sentry().begin();
    runs.each(run -> run.cutAgain(victim.sentry()));
    follow(victim.sentry());
    runs.each(Run::strike);
    runs.each(Run::meanwhile);
    runs.finish();
  }

  private void takeOver(Instance victim) throws Exception {
    victim.gate().pause();
    arena.passTime(PAUSE);
    runs.each(Run::meanwhile);
    arena.start(Weather.of(random), this::follow);
    runs.finish();
  }

  /** For as long as it has something to do, as its Lease is gone. */
  private void wakeUp(Instance victim) {
    runs.each(run -> run.fault().goOn());
    victim.gate().resume();
    Arena.awaitLasting(A_WHILE, victim.sentry()::isQuiet);
    arena.kill(victim);
  }

  private void follow(Sentry sentry) {
    runs.each(run -> run.follow(sentry));
  }
}
