package io.sesoperator.bench;

import static io.sesoperator.bench.Latencies.seconds;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Fleet;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures how long the image's operator takes until it is ready, by the number of resources that
 * are there, with the image's cache of classes and without it; and how much memory it has taken by
 * then, and after all passwords have changed at once. Its JVM sees a machine of the chart's limit.
 */
public final class StartBench {

  private static final List<Integer> SIZES = List.of(0, 100, 5000);

  /** Of ten accounts, each of which lists all senders. */
  private static final int REQUESTS = 200;

  private final Table table =
      new Table("resources", "AOT cache", "ready after, median", "of", "most memory, median");
  private final UnpackedImage image = UnpackedImage.standard();
  private final long limit = memoryLimit();
  private final int runs;

  private StartBench(int runs) {
    this.runs = runs;
  }

  private record Start(Duration ready, long kilobytes) {}

  /** Takes how often each start is made. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open()) {
      new StartBench(Integer.parseInt(args[0])).run(bed);
    }
  }

  private void run(Testbed bed) throws Exception {
    ServerRules rules = ServerRules.standard().withRequestsPerSecond(REQUESTS);
    int accounts = REQUESTS / 20;
    try (World world = bed.world(rules);
        Fleet fleet = Fleet.of(world, accounts, SIZES.getLast())) {
      for (int size : SIZES) {
        if (size > 0) {
          bed.makeReady(world, fleet, size);
        }
        measure(bed, world, size, "without", "-XX:AOTMode=off");
        measure(bed, world, size, "with", cache());
      }
      System.out.printf(
          """
          The image's operator from its start until /readyz says yes, and the most memory that it had until then

          %s

          after %,d passwords were changed at once  %s of %s

          %s
          """,
          table,
          SIZES.getLast(),
          mebibytes(atWork(bed, world, fleet)),
          mebibytes(limit / 1024),
          bed.description("as in the image, on a machine of the chart's limit"));
    }
  }

  /** Has an operator change all passwords at once. */
  private long atWork(Testbed bed, World world, Fleet fleet) throws Exception {
    int size = SIZES.getLast();
    try (OperatorProcess operator = launch(bed, world, cache())) {
      fleet.rotateAll(size, 1);
      fleet.awaitAllApplied(size, 1);
      return mostKilobytes(operator.pid());
    }
  }

  private String cache() {
    return "-XX:AOTCache=" + image.cache();
  }

  private void measure(Testbed bed, World world, int size, String cache, String option) {
    start(bed, world, option); // its files are read once
    List<Start> starts = IntStream.range(0, runs).mapToObj(_ -> start(bed, world, option)).toList();
    Latencies ready = Latencies.of(starts.stream().map(Start::ready).toList());
    long[] memory = starts.stream().mapToLong(Start::kilobytes).sorted().toArray();
    table.add(
        String.format(Locale.ROOT, "%,d", size),
        cache,
        seconds(ready.percentile(50)),
        runs,
        mebibytes(memory[memory.length / 2]));
  }

  private Start start(Testbed bed, World world, String option) {
    Instant begin = bed.clock().instant();
    try (OperatorProcess operator = launch(bed, world, option)) {
      Duration ready = Duration.between(begin, bed.clock().instant());
      return new Start(ready, mostKilobytes(operator.pid()));
    }
  }

  private OperatorProcess launch(Testbed bed, World world, String option) {
    return OperatorProcess.startBuild(
        image.program("-XX:MaxRAM=" + limit, option), bed.server().config(), world.settings());
  }

  /** What the chart lets the container have, in bytes. */
  private static long memoryLimit() {
    try {
      String values = Files.readString(Path.of("helm", "ses-operator", "values.yaml"));
      String limit =
          new KubernetesSerialization()
              .unmarshal(values, JsonNode.class)
              .at("/resources/limits/memory")
              .asText();
      return Quantity.getAmountInBytes(new Quantity(limit)).longValueExact();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String mebibytes(long kilobytes) {
    return String.format(Locale.ROOT, "%d MiB", kilobytes / 1024);
  }

  /** The most that it had in memory at any time. */
  private static long mostKilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
