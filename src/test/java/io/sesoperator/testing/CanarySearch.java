package io.sesoperator.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for canaries, in every {@link CanaryForm}, in all that a build directory holds. */
final class CanarySearch {

  /**
   * A place where a canary is to be seen; it does not tell the value.
   *
   * @param offset in bytes
   */
  record Hit(Path file, long offset, CanaryForm form, String origin) {}

  /**
   * What a search went through.
   *
   * @param files each file that was read, relative to the build directory
   */
  record Result(List<Path> files, long bytes, List<Hit> hits) {}

  private record Sign(CanaryForm form, String origin) {}

  /** What the build makes of sources, and the notes of the canaries. */
  private static final Set<String> NO_OUTPUTS =
      Set.of(
          "canaries",
          "classes",
          "test-classes",
          "generated-sources",
          "generated-test-sources",
          "lib",
          "maven-archiver",
          "maven-status");

  private final Needles<Sign> needles = new Needles<>();

  CanarySearch(List<CanaryNote> canaries) {
    for (CanaryForm form : CanaryForm.values()) {
      canaries.stream()
          .filter(canary -> canary.random() || !form.isPart())
          .forEach(canary ->
              form.of(canary.value())
                  .forEach(bytes -> needles.add(bytes, new Sign(form, canary.origin()))));
    }
  }

  /** Reads every output below {@code target}. */
  Result through(Path target) throws IOException {
    List<Hit> hits = new ArrayList<>();
    List<Path> files = outputs(target);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(target.resolve(file));
      hits.addAll(in(target, file));
    }
    return new Result(files, bytes, hits);
  }

  private List<Hit> in(Path target, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(target.resolve(file))) {
      return needles.in(content).stream()
          .map(found ->
              new Hit(file, found.offset(), found.meaning().form(), found.meaning().origin()))
          .toList();
    }
  }

  private static List<Path> outputs(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .map(target::relativize)
          .filter(CanarySearch::isOutput)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isOutput(Path file) {
    String top = file.getName(0).toString();
    String name = file.getFileName().toString();
    // An API server that was left behind by a killed run keeps its Secrets there.
    boolean storage = top.startsWith("kube-apiserver-") && !name.endsWith(".log");
    return !storage && !NO_OUTPUTS.contains(top) && !name.endsWith(".jar");
  }
}
