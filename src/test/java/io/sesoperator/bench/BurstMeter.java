package io.sesoperator.bench;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.sesoperator.bench.Burst.SlotUse;
import io.sesoperator.bench.Editor.Edit;
import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.testing.AuditLog.Request;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Changes all Secrets of a fleet at once, and sees what becomes of it: at SES, at the API server.
 */
final class BurstMeter {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Testbed bed;
  private final World world;
  private final Fleet fleet;
  private final int slots;

  /**
   * @param slots how many calls a second the operator makes
   */
  BurstMeter(Testbed bed, World world, Fleet fleet, int slots) {
    this.bed = bed;
    this.world = world;
    this.fleet = fleet;
    this.slots = slots;
  }

  /** Returns when all is accepted and every status says so. */
  Burst measure(int size, int round, Duration answers) {
    world.ses().faults().clear();
    world.ses().faults().writes().always().slow(answers);
    world.ses().calls().clear();
    long before = bed.server().audit().position();
    List<Edit> edits = new Editor(world, fleet, bed.clock()).editAll(size, round);
    fleet.awaitAllApplied(size, round);
    double load = Testbed.load();

    List<Call> accepted = accepted();
    Instant last = accepted.stream().map(BurstMeter::decided).max(Instant::compareTo).orElseThrow();
    return new Burst(
        Duration.between(
            edits.stream().map(Edit::sent).min(Instant::compareTo).orElseThrow(), last),
        Duration.between(
            edits.stream().map(Edit::acknowledged).max(Instant::compareTo).orElseThrow(), last),
        refused(),
        slotUses(accepted, bed.server().audit().since(before)),
        load);
  }

  private List<Call> accepted() {
    return world.ses().calls().all().stream()
        .filter(call -> call.applied() && !call.address().isEmpty())
        .toList();
  }

  private long refused() {
    return world.ses().calls().all().stream()
        .filter(call -> call.result().equals("RequestLimitExceeded"))
        .count();
  }

  /** Slots are used in the order in which they became free. */
  private List<SlotUse> slotUses(List<Call> calls, List<Request> requests) {
    Map<String, NavigableSet<Instant>> reads = reads(requests);
    List<Instant> free = calls.stream().map(BurstMeter::decided).sorted().toList();
    List<Reading> used =
        calls.stream()
            .map(call -> new Reading(readBefore(call, reads), call))
            .sorted(Comparator.comparing(Reading::read))
            .toList();
    return IntStream.range(slots, used.size())
        .mapToObj(i -> used.get(i).slotUse(free.get(i - slots).plus(SECOND)))
        .toList();
  }

  private record Reading(Instant read, Call call) {

    SlotUse slotUse(Instant free) {
      return new SlotUse(
          Duration.between(free, read),
          Duration.between(read, call.time()),
          Duration.between(call.time(), decided(call)));
    }
  }

  /** When each Secret was read, by its name; only the operator does that. */
  private Map<String, NavigableSet<Instant>> reads(List<Request> requests) {
    return requests.stream()
        .filter(request -> request.verb().equals("get") && request.resource().equals("secrets"))
        .filter(request -> request.namespace().equals(fleet.namespace()))
        .collect(groupingBy(Request::name, mapping(Request::received, toCollection(TreeSet::new))));
  }

  private static Instant readBefore(Call call, Map<String, NavigableSet<Instant>> reads) {
    String secret = call.address().substring(0, call.address().indexOf('@'));
    return reads.get(secret).floor(call.time());
  }

  private static Instant decided(Call call) {
    return call.time().plus(call.duration());
  }
}
