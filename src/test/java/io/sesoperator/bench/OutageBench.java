package io.sesoperator.bench;

import static io.sesoperator.bench.Latencies.seconds;

import io.sesoperator.plan.BackoffModel;
import io.sesoperator.simulator.CallLog;
import io.sesoperator.simulator.FaultScript;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures how often SES is called while it is away and many passwords wait, and how long it takes
 * from its return until all of them are accepted and every status says so.
 */
public final class OutageBench {

  private static final int SIZE = 200;
  private static final int RATE = 20;
  private static final String UPDATE = "UpdateEmailSmtpPassWord";
  private static final String LIST = "ListEmailAddress";

  /** Longer than any measurement. */
  private static final Duration FOR_EVER = Duration.ofHours(10);

  /** Longer than the operator waits, so that a list is noted though nobody hears it any more. */
  private static final Duration TOO_LONG = Duration.ofSeconds(16);

  /** How SES is away, and how long a call takes then. */
  private enum Outage {
    PAGES("pages with status 503", FaultScript::down, Duration.ZERO),
    CLOSED("connections that are closed", FaultScript::unreachable, Duration.ZERO),
    HANGING("no answer at all", OutageBench::hang, Duration.ofSeconds(15));

    private final String label;
    private final Consumer<FaultScript> begin;
    private final Duration call;

    Outage(String label, Consumer<FaultScript> begin, Duration call) {
      this.label = label;
      this.begin = begin;
      this.call = call;
    }
  }

  private final Table table =
      new Table(
          "SES is away",
          "pushes tried",
          "lists tried",
          "all Ready after",
          "pushes then",
          "load",
          "without breaker: pushes",
          "all after");
  private final Duration length;

  private OutageBench(Duration length) {
    this.length = length;
  }

  /** Takes how many minutes each outage lasts. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open()) {
      new OutageBench(Duration.ofMinutes(Integer.parseInt(args[0]))).run(bed);
    }
  }

  private void run(Testbed bed) throws Exception {
    try (World world = bed.world(ServerRules.standard());
        Fleet fleet = Fleet.of(world, 1, SIZE)) {
      bed.makeReady(world, fleet, SIZE);
      try (OperatorProcess _ = bed.operator(world)) {
        for (Outage outage : Outage.values()) {
          measure(bed, world, fleet, outage);
        }
      }
    }
    System.out.printf(
        """
        SES is away for %d minutes, in which %d passwords change; afterwards %d requests/s

        %s

        %s
        """,
        length.toMinutes(), SIZE, RATE, table, bed.description());
  }

  private void measure(Testbed bed, World world, Fleet fleet, Outage outage) {
    FaultScript faults = world.ses().faults();
    CallLog calls = world.ses().calls();
    int round = outage.ordinal() + 1;
    Pace.pause(Duration.ofSeconds(6)); // no credential changes twice within five
    calls.clear();
    outage.begin.accept(faults);
    Pace end = Pace.every(length);
    end.next(); // the outage's begin
    new Editor(world, fleet, bed.clock()).editAll(SIZE, round);
    end.next();
    int pushes = calls.writes();
    long lists = count(calls, LIST);

    Instant back = bed.clock().instant();
    faults.clear();
    fleet.awaitAllApplied(SIZE, round);
    Duration recovery = Duration.between(back, bed.clock().instant());
    BackoffModel model = new BackoffModel(SIZE, RATE, outage.call);
    BackoffModel.Result without = model.run(length);
    table.add(
        outage.label,
        pushes,
        lists,
        seconds(recovery),
        calls.writes() - pushes,
        String.format(Locale.ROOT, "%.1f", Testbed.load()),
        without.calls(),
        seconds(without.recovery()));
  }

  private static long count(CallLog calls, String action) {
    return calls.all().stream().filter(call -> call.action().equals(action)).count();
  }

  private static void hang(FaultScript faults) {
    faults.on(UPDATE).always().slow(FOR_EVER);
    faults.on(LIST).always().slow(TOO_LONG);
  }
}
