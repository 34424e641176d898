package io.sesoperator.faults;

import io.sesoperator.testing.ApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Many batches, one for each seed, with a new arena for every few of them. */
final class Campaign {

  /** How many batches an arena sees; in the first one the credentials are new. */
  private static final int ARENA = 10;

  private final ApiServer server;
  private final UnaryOperator<HttpMessage> sabotage;
  private final Values values = new Values();
  private final List<Point> points;

  private Campaign(ApiServer server, UnaryOperator<HttpMessage> sabotage) throws Exception {
    this.server = server;
    this.sabotage = sabotage;
    this.points = Points.of(server, values);
  }

  /** One against the operator as it is. */
  static Campaign on(ApiServer server) throws Exception {
    return new Campaign(server, UnaryOperator.identity());
  }

  /** One against an operator that lacks something. */
  static Campaign sabotaged(ApiServer server, Sabotage sabotage) throws Exception {
    return new Campaign(server, sabotage);
  }

  List<Point> points() {
    return points;
  }

  /**
   * Plays one mode.
   *
   * @param first the first seed; a seed plays the same stories however the campaign began
   * @param verdicts told of each batch
   */
  void play(Mode mode, int first, int seeds, Consumer<List<Verdict>> verdicts) throws Exception {
    int end = first + seeds;
    for (int seed = first; seed < end; seed = nextArena(seed)) {
      play(mode, seeds(seed, Math.min(end, nextArena(seed))), verdicts);
    }
  }

  private void play(Mode mode, List<Integer> seeds, Consumer<List<Verdict>> verdicts)
      throws Exception {
    try (Arena arena = new Arena(server, points.size(), values, mode.electsLeaders(), sabotage)) {
      arena.awaitChecks(arena.start(Weather.fine(), _ -> {}));
      if (seeds.getFirst() % ARENA != 0) {
        arena.fill();
        arena.passTime(Settling.TIME);
      }
      for (int seed : seeds) {
        verdicts.accept(new Batch(arena, mode, seed, points).play());
      }
    }
  }

  private static int nextArena(int seed) {
    return seed - seed % ARENA + ARENA;
  }

  private static List<Integer> seeds(int first, int end) {
    List<Integer> seeds = new ArrayList<>();
    for (int seed = first; seed < end; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }
}
