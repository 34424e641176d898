package io.sesoperator;

import io.sesoperator.CommandBlock.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One bash that does step after step, as somebody would who reads a page from top to bottom. It
 * ends at the first step that fails without output to compare; what runs in the background ends
 * with it.
 *
 * @param directory where it works
 * @param environment in addition to this process's own
 */
record ShellSession(Path directory, Map<String, String> environment) {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /* Who starts a server in the background waits until it says something. */
  private static final String BEGINNING =
      """
      set -eo pipefail
      cd "$1"
      trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true' EXIT
      speaks() { for ((i = 0; i < 300; i++)); do [ -s "$1" ] && return; sleep 0.1; done; return 1; }
      """;

  /**
   * What came of a step.
   *
   * @param exitCode none if the session did not come so far, or ended in it
   */
  record Result(OptionalInt exitCode, String output) {}

  List<Result> run(List<Step> steps) {
    try {
      Path script = Files.createTempDirectory("session-");
      try {
        write(script, steps);
        await(start(script));
        return results(script, steps.size());
      } finally {
        Rehearsal.delete(script);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path script, List<Step> steps) throws IOException {
    StringBuilder main = new StringBuilder(BEGINNING);
    for (int i = 0; i < steps.size(); i++) {
      Files.writeString(script.resolve(i + ".sh"), steps.get(i).script() + "\n");
      main.append(call(script.resolve(Integer.toString(i)), steps.get(i)));
    }
    Files.writeString(script.resolve("main.sh"), main);
  }

  private static String call(Path step, Step content) {
    String source = "source %1$s.sh >%1$s.out 2>&1\n".formatted(step);
    if (content.shown().isPresent()) {
      return "set +e\n" + source + "echo $? >%s.exit; set -e\n".formatted(step);
    }
    String listen = leavesATalker(content.script()) ? "speaks %s.out\n".formatted(step) : "";
    return source + listen + "echo 0 >%s.exit\n".formatted(step);
  }

  private static boolean leavesATalker(String script) {
    String last = script.lines().reduce("", (_, line) -> line).strip();
    return last.endsWith("&") && !last.contains(">");
  }

  private Process start(Path script) throws IOException {
    ProcessBuilder bash =
        new ProcessBuilder("bash", script.resolve("main.sh").toString(), directory.toString());
    bash.environment().putAll(environment);
    return bash.redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(script.resolve("main.out").toFile())
        .start();
  }

  private static void await(Process bash) {
    try {
      if (!bash.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Result> results(Path script, int count) throws IOException {
    List<Result> results = new ArrayList<>();
    for (int i : IntStream.range(0, count).toArray()) {
      Path exit = script.resolve(i + ".exit");
      Path output = script.resolve(i + ".out");
      results.add(
          new Result(
              Files.exists(exit)
                  ? OptionalInt.of(Integer.parseInt(Files.readString(exit).strip()))
                  : OptionalInt.empty(),
              Files.exists(output) ? Files.readString(output) : "(it did not come to this)"));
    }
    return results;
  }
}
