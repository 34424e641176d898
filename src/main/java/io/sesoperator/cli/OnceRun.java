package io.sesoperator.cli;

import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.runtime.Progress;
import io.sesoperator.runtime.Progress.Standing;
import io.sesoperator.runtime.Progress.State;
import io.sesoperator.runtime.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/**
 * An operator that runs until all resources are settled, and tells which of them are not ready: a
 * table to standard output, all else to standard error.
 */
final class OnceRun {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final CommandLine commandLine;
  private final Duration limit;
  private final Progress progress = new Progress();

  /**
   * A run that is to be made.
   *
   * @param limit how long it may take
   */
  OnceRun(CommandLine commandLine, Duration limit) {
    this.commandLine = commandLine;
    this.limit = limit;
  }

  /** Makes the run and returns its exit code. */
  int run(Settings settings, Surroundings surroundings) throws IOException, InterruptedException {
    OperatorRuntime runtime = OperatorRuntime.start(settings, surroundings, progress);
    Thread hook = Thread.ofPlatform().unstarted(runtime::close);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run(runtime, settings);
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
      runtime.close();
    }
  }

  private int run(OperatorRuntime runtime, Settings settings) throws InterruptedException {
    long begin = System.nanoTime();
    if (!await(runtime::isLeading, begin, shorter(limit, untilALeaseIsFree(settings)))) {
      say("another replica leads, as it holds the Lease, and nothing was done; see --lease-name");
      return CommandLine.ExitCode.SOFTWARE;
    }
    await(() -> standings(runtime).stream().allMatch(OnceRun::isSettled), begin, limit);
    return tell(standings(runtime));
  }

  private boolean await(BooleanSupplier goal, long begin, Duration time)
      throws InterruptedException {
    while (!goal.getAsBoolean()) {
      Duration rest = time.minusNanos(System.nanoTime() - begin);
      if (!rest.isPositive()) {
        return false;
      }
      progress.await(shorter(rest, LOOK));
    }
    return true;
  }

  /** By then a leader that is gone has lost it, and one that is not has renewed it. */
  private static Duration untilALeaseIsFree(Settings settings) {
    return settings
        .leaderElection()
        .map(lease -> lease.duration().plus(lease.retryPeriod().multipliedBy(3)))
        .orElse(Duration.ZERO);
  }

  private List<Standing> standings(OperatorRuntime runtime) {
    return progress.of(runtime.watched());
  }

  private static boolean isSettled(Standing standing) {
    return standing.state() != State.UNDER_WAY;
  }

  private int tell(List<Standing> all) {
    List<Standing> notReady =
        all.stream().filter(standing -> standing.state() != State.DONE).toList();
    long underWay = all.stream().filter(standing -> !isSettled(standing)).count();
    if (notReady.isEmpty()) {
      say(all.isEmpty() ? "there is no SmtpCredential" : counted(all.size()) + " settled");
      return CommandLine.ExitCode.OK;
    }
    PrintWriter out = commandLine.getOut();
    StandingTable.lines(notReady).forEach(out::println);
    out.flush();
    if (underWay > 0) {
      say(
          "%d of %s still under way when the time was over (--once-timeout)"
              .formatted(underWay, counted(all.size())));
    }
    say("%d of %s not ready".formatted(notReady.size(), counted(all.size())));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String counted(int number) {
    return number + " SmtpCredential" + (number == 1 ? "" : "s");
  }

  private void say(String text) {
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getCommandSpec().qualifiedName() + ": " + text);
    err.flush();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
