package io.sesoperator.bench;

import io.sesoperator.bench.Acceptances.Accepted;
import io.sesoperator.bench.LeaseWatch.Holder;
import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Measures what it costs to replace one replica after the other while passwords change all the
 * time: how many changes are missed or made twice, and how long the others wait.
 */
public final class HandoverBench {

  private static final int SIZE = 50;
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);
  private static final Duration STEADY = Duration.ofSeconds(8);

  /** When a replica was asked to end, when it gave the Lease back, and when another one had it. */
  private record Handover(Instant asked, Instant released, Instant taken) {

    boolean covers(Accepted change) {
      return change.edit().sent().isAfter(asked) && change.edit().sent().isBefore(taken);
    }
  }

  private final Testbed bed;
  private final World world;
  private final Map<Setting, String> settings;
  private final List<OperatorProcess> replicas = new ArrayList<>();
  private final List<Handover> handovers = new ArrayList<>();

  private HandoverBench(Testbed bed, World world) {
    this.bed = bed;
    this.world = world;
    this.settings = new EnumMap<>(world.settings());
    settings.put(Setting.LEADER_ELECTION, "true");
  }

  /** Takes the number of hand-overs. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open();
        World world = bed.world(ServerRules.standard())) {
      new HandoverBench(bed, world).run(Integer.parseInt(args[0]));
    }
  }

  private void run(int rounds) throws Exception {
    Fleet fleet = Fleet.of(world, 1, SIZE);
    bed.makeReady(world, fleet, SIZE);
    world.ses().calls().clear();
    try (LeaseWatch lease = new LeaseWatch(world, bed.clock())) {
      replicas.add(bed.operator(settings));
      replicas.add(bed.operator(settings));
      Churn churn = new Churn(new Editor(world, fleet, bed.clock()), SIZE, 1, BETWEEN_CHANGES);
      try (churn) {
        for (int round = 0; round < rounds; round++) {
          Pace.pause(STEADY);
          handOver(lease);
        }
        Pace.pause(STEADY);
      }
      fleet.awaitReady(SIZE);
      report(new Acceptances(world.ses().calls().all(), fleet).of(churn.edits()));
      replicas.forEach(OperatorProcess::close);
    }
  }

  /**
   * The next replica starts when the other one leads: elsewhere it would start on another machine.
   */
  private void handOver(LeaseWatch lease) {
    String holder = lease.awaitHolder();
    OperatorProcess leader =
        replicas.stream().filter(one -> one.name().equals(holder)).findFirst().orElseThrow();
    Instant asked = bed.clock().instant();
    leader.terminate();
    Holder nobody = lease.awaitAfter(asked, String::isEmpty);
    Holder next = lease.awaitAfter(nobody.since(), name -> !name.isEmpty());
    handovers.add(new Handover(asked, nobody.since(), next.since()));
    leader.awaitExit();
    replicas.remove(leader);
    replicas.add(bed.operator(settings));
  }

  private void report(List<Accepted> changes) {
    Table table = Latencies.table("");
    table.add("change → accepted, else", after(changes.stream().filter(this::isElse).toList()));
    table.add("change → accepted, in hand-overs", after(inHandovers(changes)));
    table.add("the longest of each hand-over", gaps(changes).cells());
    table.add("SIGTERM → Lease given back", times(Handover::asked, Handover::released).cells());
    table.add("without a leader", times(Handover::released, Handover::taken).cells());
    long missed = changes.stream().filter(Accepted::isMissed).count();
    long doubled = changes.stream().filter(Accepted::isDoubled).count();
    System.out.printf(
        """
        %d hand-overs between two replicas, while each %d ms one of %d passwords changes

        %s

        changes     %d, of which missed %d, doubled %d
        goal        missed 0, doubled 0: %s
        %s
        """,
        handovers.size(),
        BETWEEN_CHANGES.toMillis(),
        SIZE,
        table,
        changes.size(),
        missed,
        doubled,
        missed + doubled == 0 ? "met" : "missed",
        bed.description());
  }

  private boolean isElse(Accepted change) {
    return handovers.stream().noneMatch(handover -> handover.covers(change));
  }

  private List<Accepted> inHandovers(List<Accepted> changes) {
    return changes.stream().filter(change -> !isElse(change)).toList();
  }

  private static List<String> after(List<Accepted> changes) {
    return Latencies.of(changes.stream().flatMap(change -> change.after().stream()).toList())
        .cells();
  }

  private Latencies gaps(List<Accepted> changes) {
    return Latencies.of(
        handovers.stream()
            .map(handover -> changes.stream().filter(handover::covers).toList())
            .map(covered ->
                Latencies.of(covered.stream().flatMap(change -> change.after().stream()).toList()))
            .map(Latencies::longest)
            .toList());
  }

  private Latencies times(Function<Handover, Instant> from, Function<Handover, Instant> to) {
    return Latencies.of(
        handovers.stream()
            .map(handover -> Duration.between(from.apply(handover), to.apply(handover)))
            .toList());
  }
}
