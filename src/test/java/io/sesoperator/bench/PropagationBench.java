package io.sesoperator.bench;

import static io.sesoperator.bench.Latencies.seconds;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.CallLog;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.OperatorProcess;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures, with a real clock, how soon a login proves a password once SES serves it, which takes
 * the propagation time after SES accepted it, and how soon a password is told that never works.
 */
public final class PropagationBench {

  private static final int EACH = 10;
  private static final Duration GOAL = Duration.ofSeconds(10);

  /** What the operator gives a new password to work. */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Duration PATIENCE = WINDOW.plusMinutes(2);

  /** What becomes of a password at SES. */
  private enum Kind {
    REPORT("works, Report", "Report", "True"),
    REQUIRED("works, Required", "Required", "True"),
    WRONG("never works, Report", "Report", "False"),
    WRONG_REQUIRED("never works, Required", "Required", "False");

    private final String label;
    private final String verification;
    private final String verdict;

    Kind(String label, String verification, String verdict) {
      this.label = label;
      this.verification = verification;
      this.verdict = verdict;
    }

    boolean works() {
      return verdict.equals("True");
    }
  }

  private final Table table =
      new Table(
          "password",
          "credentials",
          "told after, p50",
          "max",
          "logins each",
          "Ready after",
          "goal");
  private final Duration propagation;

  private PropagationBench(Duration propagation) {
    this.propagation = propagation;
  }

  /** Takes how many seconds a password takes to work. */
  public static void main(String[] args) throws Exception {
    try (Testbed bed = Testbed.open()) {
      new PropagationBench(Duration.ofSeconds(Integer.parseInt(args[0]))).run(bed);
    }
  }

  private void run(Testbed bed) {
    try (World world = bed.world(ServerRules.standard().withPropagation(propagation));
        StatusSightings sightings = new StatusSightings(world, bed.clock())) {
      world.withAccount();
      List<List<Mailbox>> mailboxes =
          Stream.of(Kind.values()).map(kind -> mailboxes(world, kind)).toList();
      try (OperatorProcess _ = bed.operator(world)) {
        for (Kind kind : Kind.values()) {
          measure(world, sightings, kind, mailboxes.get(kind.ordinal()));
        }
      }
    }
    System.out.printf(
        """
        SES accepts a password and serves it %d s later

        told after: one that works, since SES serves it, until Verified=True; one that never works, since
        SES accepted it, until Verified=False. Ready after: since SES accepted it

        %s

        %s
        """,
        propagation.toSeconds(), table, bed.description());
  }

  private static List<Mailbox> mailboxes(World world, Kind kind) {
    return IntStream.range(0, EACH).mapToObj(number -> mailbox(world, kind, number)).toList();
  }

  private static Mailbox mailbox(World world, Kind kind, int number) {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    Mailbox mailbox = world.mailbox(name);
    if (!kind.works()) {
      world.ses().faults().smtp().to(mailbox.address()).always().refuse();
    }
    return mailbox
        .withPassword(Canary.password())
        .withCredential("verification: " + kind.verification);
  }

  /** What came of one password, all times counted from SES's acceptance. */
  private record Course(Duration told, long logins, Optional<Duration> ready) {}

  private void measure(World world, StatusSightings sightings, Kind kind, List<Mailbox> mailboxes) {
    List<Course> courses =
        mailboxes.stream().map(mailbox -> course(world, sightings, kind, mailbox)).toList();
    Duration from = kind.works() ? propagation : Duration.ZERO;
    Latencies told = Latencies.of(courses.stream().map(it -> it.told().minus(from)).toList());
    table.add(
        kind.label,
        mailboxes.size(),
        seconds(told.percentile(50)),
        seconds(told.longest()),
        courses.stream()
            .map(Course::logins)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", ")),
        ready(courses),
        goal(kind, told.longest()));
  }

  private static String goal(Kind kind, Duration longest) {
    Duration goal = kind.works() ? GOAL : WINDOW.plus(GOAL);
    return "%d s, %s".formatted(goal.toSeconds(), longest.compareTo(goal) <= 0 ? "met" : "missed");
  }

  private static String ready(List<Course> courses) {
    List<Duration> times = courses.stream().flatMap(it -> it.ready().stream()).toList();
    return times.isEmpty() ? "never" : seconds(Latencies.of(times).percentile(50));
  }

  private static Course course(World world, StatusSightings sightings, Kind kind, Mailbox mailbox) {
    Predicate<SmtpCredentialStatus> verdict =
        status -> is(status, Condition.VERIFIED, kind.verdict);
    Instant told = sightings.awaitFirst(mailbox.name(), Instant.MIN, PATIENCE, verdict);
    Instant accepted = accepted(world, mailbox);
    Optional<Instant> ready =
        sightings.first(mailbox.name(), accepted, status -> is(status, Condition.READY, "True"));
    return new Course(
        Duration.between(accepted, told),
        logins(world, mailbox, told),
        ready.map(time -> Duration.between(accepted, time)));
  }

  private static Instant accepted(World world, Mailbox mailbox) {
    CallLog.Call call = world.ses().calls().accepted(mailbox.address()).getFirst();
    return call.time().plus(call.duration());
  }

  private static long logins(World world, Mailbox mailbox, Instant end) {
    return world.ses().calls().logins().stream()
        .filter(login -> login.address().equals(mailbox.address()) && login.time().isBefore(end))
        .count();
  }

  private static boolean is(SmtpCredentialStatus status, String type, String value) {
    return status.condition(type).filter(it -> it.status().equals(value)).isPresent();
  }
}
