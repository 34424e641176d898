package io.sesoperator.faults;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.faults.Verdict.Effort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One run for each point, all at once: every credential is brought to its own point and stands
 * still there, and then one strike hits them all.
 */
final class Batch {

  /** How long the network keeps a request after all is quiet; SES refuses it when it is too old. */
  private static final List<Duration> DELAYS =
      List.of(Duration.ZERO, Duration.ofSeconds(40), Duration.ofMinutes(3));

  private final Arena arena;
  private final Mode mode;
  private final long seed;
  private final Random random;
  private final Runs runs;

  Batch(Arena arena, Mode mode, long seed, List<Point> points) {
    this.arena = arena;
    this.mode = mode;
    this.seed = seed;
    this.random = random(points.size());
    this.runs =
        new Runs(
            arena,
            IntStream.range(0, points.size())
                .mapToObj(number -> new Run(arena, number, story(points, number)))
                .toList());
  }

  private Story story(List<Point> points, int number) {
    return Story.of(random(number), points, points.get(number), arena.current(number));
  }

  private Random random(int number) {
    // multiplied, for the first numbers of neighbouring seeds are alike
    return new Random(((seed * 8 + mode.ordinal()) * 64 + number) * 0x9E3779B97F4A7C15L);
  }

  /** Plays all runs; the arena has another operator afterwards, which has looked at everything. */
  List<Verdict> play() throws Exception {
    arena.ledger().clear();
    Instance victim = arena.operator();
    victim.sentry().begin();
    runs.each(run -> run.await(victim.sentry()));
    runs.each(Run::begin);
    runs.awaitFaults();
    final Map<Run, Boolean> struck = runs.map(run -> run.fault().isReached());
    runs.each(Run::whileStandingStill);
    new Strike(arena, runs, random).at(victim, mode);
    deliverWhatIsLate();
    final Map<Run, Boolean> held = runs.map(run -> arena.holds(run.number()));
    new Settling(arena, runs, random).pass();
    final Map<Run, Effort> efforts = runs.map(run -> effort(run, !held.get(run)));
    beIdle();
    final Map<String, SmtpCredential> credentials = arena.credentials();
    return List.copyOf(
        runs.map(
                run -> verdict(run, struck.get(run), efforts.get(run), credentials.get(run.name())))
            .values());
  }

  /** The hourly look follows, as the request may have been a status write. */
  private void deliverWhatIsLate() {
    if (runs.has(run -> run.fault().isLate())) {
      arena.passTime(DELAYS.get(random.nextInt(DELAYS.size())));
      runs.each(run -> run.fault().deliver());
      arena.nudge();
      runs.finish();
    }
  }

  private void beIdle() throws Exception {
    arena.kill(arena.operator());
    arena.ledger().clear();
    arena.awaitChecks(arena.start(Weather.of(random), _ -> {}));
  }

  private Effort effort(Run run, boolean wasWrong) {
    return new Effort(
        run.story().changes().size(),
        run.faults(mode),
        arena.ledger().calls(run.name()),
        arena.ledger().settleCalls(run.name()),
        wasWrong && arena.holds(run.number()));
  }

  private Verdict verdict(Run run, boolean struck, Effort effort, SmtpCredential credential) {
    return new Verdict(
        mode,
        seed,
        run.story().fault(),
        struck,
        arena.holds(run.number()),
        arena.isSettled(run.number(), credential),
        effort,
        arena.ledger().effects(run.name()),
        run.story() + " " + credential.statusOrNone());
  }
}
