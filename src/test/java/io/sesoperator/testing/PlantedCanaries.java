package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Canaries in places that are known, to prove that a search finds them: without that, "nothing
 * found" says nothing.
 */
final class PlantedCanaries {

  private static final byte[] NOISE = "12:00:00 TRACE {\"data\":{\"password\":\"".getBytes(UTF_8);

  /** By the name of the file: the form and a number. */
  private final Map<String, byte[]> planted = new TreeMap<>();

  private final Set<String> contents = new HashSet<>();

  /** Every canary as it is, and one that was made at random in every form. */
  PlantedCanaries(List<CanaryNote> canaries) {
    canaries.forEach(canary -> plant(CanaryForm.RAW, canary));
    canaries.stream()
        .filter(CanaryNote::random)
        .findFirst()
        .ifPresent(canary -> Stream.of(CanaryForm.values()).forEach(form -> plant(form, canary)));
  }

  // What is written in two forms alike is found in the first.
  private void plant(CanaryForm form, CanaryNote canary) {
    form.of(canary.value())
        .filter(written -> contents.add(new String(written, ISO_8859_1)))
        .forEach(written -> planted.put(form + "-" + planted.size(), written));
  }

  /** How many there are. */
  int count() {
    return planted.size();
  }

  /** The forms of those that {@code search} does not find. */
  Set<String> missedBy(CanarySearch search) throws IOException {
    Path directory = Files.createTempDirectory("planted-canaries-");
    try {
      for (Map.Entry<String, byte[]> file : planted.entrySet()) {
        Files.write(directory.resolve(file.getKey()), between(file.getValue()));
      }
      Set<String> missed = new TreeSet<>(planted.keySet());
      missed.removeAll(foundBy(search, directory));
      return missed;
    } finally {
      delete(directory);
    }
  }

  private static Set<String> foundBy(CanarySearch search, Path directory) throws IOException {
    return search.through(directory).hits().stream()
        .filter(hit -> hit.offset() == NOISE.length)
        .filter(hit -> hit.file().toString().startsWith(hit.form() + "-"))
        .map(hit -> hit.file().toString())
        .collect(Collectors.toSet());
  }

  private static byte[] between(byte[] canary) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(NOISE);
    text.writeBytes(canary);
    text.writeBytes(NOISE);
    return text.toByteArray();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
