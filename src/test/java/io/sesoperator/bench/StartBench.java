package io.sesoperator.bench;

import static io.sesoperator.bench.Latencies.seconds;

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
 * Measures how long the image's operator takes until it is ready and how much memory it has then,
 * by the number of resources that are there, with the image's cache of classes and without it.
 */
public final class StartBench {

  private static final List<Integer> SIZES = List.of(0, 100, 5000);

  /** So that 5,000 credentials are applied in four minutes. */
  private static final int REQUESTS = 2000;

  private final Table table =
      new Table("resources", "AOT cache", "ready after, median", "of", "memory, median");
  private final UnpackedImage image = UnpackedImage.standard();
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
        measure(bed, world, size, "with", "-XX:AOTCache=" + image.cache());
      }
    }
    System.out.printf(
        """
        The image's operator from its start until /readyz says yes, and its resident memory then

        %s

        %s
        """,
        table, bed.description("as in the image"));
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
        String.format(Locale.ROOT, "%d MiB", memory[memory.length / 2] / 1024));
  }

  private Start start(Testbed bed, World world, String option) {
    Instant begin = bed.clock().instant();
    try (OperatorProcess operator =
        OperatorProcess.startBuild(
            image.program(option), bed.server().config(), world.settings())) {
      Duration ready = Duration.between(begin, bed.clock().instant());
      return new Start(ready, residentKilobytes(operator.pid()));
    }
  }

  private static long residentKilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
