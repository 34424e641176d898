package io.sesoperator.testing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.sesoperator.testing.CanarySearch.Hit;
import io.sesoperator.testing.CanarySearch.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells whether a test run leaked a secret; the build starts it when all tests are done. It exits
 * with 1 on a leak, and also when it cannot be sure that there was none.
 */
public final class CanaryVerdict {

  /** More would be of no use to anybody. */
  private static final int MOST_LINES = 50;

  private final Path target;
  private final PrintStream report;

  CanaryVerdict(Path target, PrintStream report) {
    this.target = target;
    this.report = report;
  }

  /**
   * Searches.
   *
   * @param args the build directory
   */
  public static void main(String[] args) throws IOException {
    System.exit(new CanaryVerdict(Path.of(args[0]), System.out).isClean() ? 0 : 1);
  }

  /** Whether nothing leaked. The report tells what was searched, and where each leak is. */
  boolean isClean() throws IOException {
    List<CanaryNote> canaries = CanaryNote.readAll(target.resolve("canaries"));
    CanarySearch search = new CanarySearch(canaries);
    return findsWhatIsPlanted(search, canaries) && findsNothingElse(search);
  }

  private boolean findsWhatIsPlanted(CanarySearch search, List<CanaryNote> canaries)
      throws IOException {
    PlantedCanaries planted = new PlantedCanaries(canaries);
    Set<String> missed = planted.missedBy(search);
    long random = canaries.stream().filter(CanaryNote::random).count();
    report.printf(
        "Canary search: %d secrets of the tests, %d of them random. %d planted, %d missed %s%n",
        canaries.size(), random, planted.count(), missed.size(), missed);
    return random > 0 && missed.isEmpty();
  }

  private boolean findsNothingElse(CanarySearch search) throws IOException {
    Result result = search.through(target);
    List<String> tops = result.files().stream().map(CanaryVerdict::top).toList();
    new TreeMap<>(tops.stream().collect(groupingBy(top -> top, counting())))
        .forEach((top, files) -> report.printf("  %6d in %s%n", files, top));
    report.printf(
        "%d outputs with %.1f MB searched, %d hits%n",
        result.files().size(), result.bytes() / 1e6, result.hits().size());
    report(result.hits());
    List<String> absent = expected(result.files()).filter(top -> !tops.contains(top)).toList();
    absent.forEach(top -> report.printf("Nothing in %s: this was not the whole run%n", top));
    return absent.isEmpty() && result.hits().isEmpty();
  }

  /** What tests write for sure: each of the two runs its reports, and the second its clusters. */
  private static Stream<String> expected(List<Path> files) {
    Stream<String> reports =
        Stream.of("surefire", "failsafe")
            .filter(run -> files.stream().anyMatch(file -> isLogOf(run, file)))
            .map(run -> run + "-reports");
    Stream<String> outputs =
        files.stream().filter(file -> isLogOf("failsafe", file)).limit(1).map(_ -> "outputs");
    return Stream.of(Stream.of("test-logs"), reports, outputs).flatMap(it -> it);
  }

  private static boolean isLogOf(String run, Path file) {
    return file.startsWith("test-logs") && file.getFileName().toString().startsWith(run);
  }

  private static String top(Path file) {
    return file.getNameCount() > 1 ? file.getName(0).toString() : "the build directory itself";
  }

  private void report(List<Hit> hits) {
    hits.stream()
        .collect(groupingBy(CanaryVerdict::place, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .limit(MOST_LINES)
        .forEach(entry ->
            report.printf(
                "LEAK %s, first at byte %d, %d times%n",
                entry.getKey(), entry.getValue().getFirst().offset(), entry.getValue().size()));
  }

  private static String place(Hit hit) {
    return "%s: %s as %s".formatted(hit.file(), hit.origin(), hit.form());
  }
}
