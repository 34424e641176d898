package io.sesoperator.bench;

import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.World;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What every measurement stands on: a real API server, an SES whose times are those of our clock,
 * and the operator in a JVM of its own.
 */
final class Testbed implements AutoCloseable {

  private static final List<String> OPERATOR_JVM = List.of("-Xmx256m");

  private final Clock clock = new SteadyClock();
  private final RealApiServer server;

  private Testbed(RealApiServer server) {
    this.server = server;
  }

  static Testbed open() {
    KubeBinaries binaries =
        KubeBinaries.find().orElseThrow(() -> new IllegalStateException(KubeBinaries.absence()));
    return new Testbed(RealApiServer.start(binaries));
  }

  Clock clock() {
    return clock;
  }

  RealApiServer server() {
    return server;
  }

  /** A world whose SES decides by these rules. */
  World world(ServerRules rules) {
    return World.withoutOperator(server, options -> options.withClock(clock).withRules(rules));
  }

  /** Makes so many credentials, and has them applied by an operator that is gone afterwards. */
  void makeReady(World world, Fleet fleet, int size) throws Exception {
    fleet.add(size);
    world.startOperatorAgain();
    fleet.awaitReady(size);
    world.stopOperator();
  }

  /** The operator to be measured. */
  OperatorProcess operator(World world) {
    return operator(world.settings());
  }

  /** The operator to be measured, set up like this. */
  OperatorProcess operator(Map<Setting, String> settings) {
    return OperatorProcess.start(server.config(), settings, OPERATOR_JVM);
  }

  /** What a measurement was made on, in a few lines. */
  String description() {
    return description(String.join(" ", OPERATOR_JVM));
  }

  /** The same, for an operator whose JVM has these options. */
  String description(String options) {
    return String.format(
        Locale.ROOT,
        """
        API server  %s, etcd beside it (without fsync)
        operator    %s %s, %s
        machine     %d CPUs for all of it, load average %.1f, %s\
        """,
        server.description(),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        options,
        Runtime.getRuntime().availableProcessors(),
        load(),
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** The machine's load average of the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  @Override
  public void close() {
    server.close();
  }
}
