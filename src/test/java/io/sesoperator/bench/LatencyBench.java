package io.sesoperator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.simulator.CallLog.Call;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.World;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * Measures the time from the edit of a Secret until SES has received the call: a real API server,
 * the operator in a JVM of its own, one edit after the other, each of another Secret, whenever all
 * is quiet.
 */
public final class LatencyBench {

  private static final int EDITS = 200;
  private static final int WARM_UP = 50;
  private static final int ACCOUNTS = 5;
  private static final Duration GOAL = Duration.ofMillis(100);
  private static final List<String> OPERATOR_JVM = List.of("-Xmx256m");

  private final Clock clock = new SteadyClock();
  private final Latencies sinceSent = new Latencies("edit sent → call");
  private final Latencies sinceAcknowledged = new Latencies("acknowledged → call");
  private final int edits;

  private LatencyBench(int edits) {
    this.edits = edits;
  }

  /** Takes the number of edits. */
  public static void main(String[] args) throws Exception {
    KubeBinaries binaries =
        KubeBinaries.find().orElseThrow(() -> new IllegalStateException(KubeBinaries.absence()));
    try (RealApiServer server = RealApiServer.start(binaries)) {
      new LatencyBench(args.length == 0 ? EDITS : Integer.parseInt(args[0])).run(server);
    }
  }

  private void run(RealApiServer server) throws Exception {
    ServerRules rules = ServerRules.standard().withRequestsPerSecond(20 * ACCOUNTS);
    int size = WARM_UP + edits;
    try (World world =
            World.withoutOperator(server, options -> options.withClock(clock).withRules(rules));
        Fleet fleet = Fleet.of(world, ACCOUNTS, size)) {
      fleet.add(size);
      world.startOperatorAgain();
      fleet.awaitReady(size);
      world.stopOperator();
      try (OperatorProcess _ =
          OperatorProcess.start(server.config(), world.settings(), OPERATOR_JVM)) {
        for (int number = 0; number < size; number++) {
          edit(world, fleet, number);
        }
      }
      report(server);
    }
  }

  private void edit(World world, Fleet fleet, int number) {
    world.ses().calls().clear();
    String secret = "/api/v1/namespaces/" + world.tenant() + "/secrets/" + fleet.name(number);
    String edited =
        """
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"%s"},"data":{"password":"%s"}}\
        """
            .formatted(fleet.name(number), encoded(fleet.password(number, 1)));

    // not by the client's own methods: most of them send a GET before
    Instant sent = clock.instant();
    world.client().raw(secret, "PUT", edited);
    final Instant acknowledged = clock.instant();

    Instant received = awaitCall(world, fleet.address(number));
    fleet.awaitApplied(number, 1);
    if (number >= WARM_UP) {
      sinceSent.add(Duration.between(sent, received));
      sinceAcknowledged.add(Duration.between(acknowledged, received));
    }
  }

  private static Instant awaitCall(World world, String address) {
    return Awaitility.await("the call for " + address)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> world.ses().calls().accepted(address), calls -> !calls.isEmpty())
        .stream()
        .map(Call::time)
        .findFirst()
        .orElseThrow();
  }

  private void report(RealApiServer server) {
    boolean met = sinceSent.percentile(99).compareTo(GOAL) < 0;
    System.out.printf(
        "Secret edit → SES call received, %d edits after %d to warm up%n%n", edits, WARM_UP);
    System.out.println(Latencies.HEADING);
    System.out.println(sinceSent);
    System.out.println(sinceAcknowledged);
    System.out.printf(
        "%ngoal        p99 below %d ms: %s%n", GOAL.toMillis(), met ? "met" : "missed");
    System.out.printf("API server  %s, etcd beside it (without fsync)%n", server.description());
    System.out.printf(
        "operator    %s %s, %s%n",
        System.getProperty("java.vm.name"), Runtime.version(), String.join(" ", OPERATOR_JVM));
    System.out.printf(
        Locale.ROOT,
        "machine     %d CPUs for all of it, load average %.1f%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
