package io.sesoperator.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that does not outlive this JVM, not even when the JVM is killed. */
final class GuardedProcess implements AutoCloseable {

  /* A shell starts the process and tells its pid and, later, its exit code. A second shell waits for
   * the end of their standard input, which the kernel closes when this JVM is gone. */
  private static final String GUARD =
      """
      log=$1; shift; exec 3<&0
      "$@" </dev/null >>"$log" 2>&1 3<&- & process=$!
      echo $process
      (cat <&3 >/dev/null; kill -9 $process 2>/dev/null) &
      wait $process; echo $?
      kill $!
      """;

  private final Process guard;
  private final ProcessHandle process;
  private final BufferedReader output;
  private final Path log;

  GuardedProcess(Path log, List<String> command) {
    this.log = log;
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "sh", log.toString()));
    guarded.addAll(command);
    try {
      guard = new ProcessBuilder(guarded).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      output = guard.inputReader(StandardCharsets.UTF_8);
      process = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with the end of the log when the process has ended. */
  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("%s ended:%n%s".formatted(log.getFileName(), endOfLog()));
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end. */
  void terminate() {
    signal("TERM");
  }

  /**
   * Waits for its end and returns its exit code; 128 and the signal's number if a signal ended it.
   */
  int awaitExit(Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return Integer.parseInt(output.readLine());
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "%s did not end within %s:%n%s".formatted(log.getFileName(), limit, endOfLog()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops it in its tracks; its connections stay open, and nothing is answered. */
  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  /** Ends it at once, as a crash would. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    guard.destroyForcibly();
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -%s failed for %s".formatted(name, log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
