package io.sesoperator.cli;

import io.sesoperator.plan.Forecast.Action;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Prints a plan for people. */
final class PlanPrinter {

  private static final String INDENT = "    ";
  private static final String SENSITIVE = "(sensitive)";

  private final PrintWriter out;
  private final Ansi ansi;
  private final Instant now;

  PlanPrinter(PrintWriter out, Ansi ansi, Instant now) {
    this.out = out;
    this.ansi = ansi;
    this.now = now;
  }

  /**
   * Prints it.
   *
   * @param all with the resources that stay as they are
   */
  void print(List<PlannedResource> plan, boolean all) {
    plan.stream().filter(it -> all || it.action() != Action.NONE).forEach(this::print);
    out.println(summary(plan));
    out.flush();
  }

  private void print(PlannedResource resource) {
    out.println(
        symbol(resource.action())
            + " "
            + resource.namespace()
            + "/"
            + resource.name()
            + "  "
            + resource.credential().getSpec().emailAddress());
    details(resource).forEach(line -> out.println(INDENT + line));
    out.println();
  }

  private Stream<String> details(PlannedResource resource) {
    return Stream.of(
            effect(resource).stream(),
            Stream.of(message(resource)),
            resource.unseen().stream(),
            resource.forecast().nextAttempt().stream().map(time -> "tried again at " + time),
            resource.actor().stream()
                .map(actor -> "who must act: " + actor.name().toLowerCase(Locale.ROOT)),
            evidence(resource).stream())
        .flatMap(lines -> lines);
  }

  private static List<String> effect(PlannedResource resource) {
    return switch (resource.action()) {
      case SET -> List.of("password (none of ours) -> " + SENSITIVE);
      case CHANGE -> List.of("password " + SENSITIVE + " -> " + SENSITIVE);
      case BLOCKED, UNKNOWN, NONE -> List.of();
    };
  }

  private static String message(PlannedResource resource) {
    return resource.forecast().reason().map(reason -> reason.wire() + ": ").orElse("")
        + resource.forecast().message();
  }

  private List<String> evidence(PlannedResource resource) {
    String known =
        Stream.of(
                resource.acceptedAt().map(time -> "accepted by SES " + ago(time)),
                resource.verifiedAt().map(time -> "proved by a login " + ago(time)),
                resource.sendersListedAt().map(time -> "senders listed " + ago(time)))
            .flatMap(fact -> fact.stream())
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? List.of() : List.of("known: " + known);
  }

  private String ago(Instant time) {
    Duration age = Duration.between(time, now);
    return "%s (%s ago)".formatted(time, words(age.isNegative() ? Duration.ZERO : age));
  }

  private static String words(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }

  // The symbol only: whatever else is in a resource could be taken for markup.
  private String symbol(Action action) {
    return ansi.string(
        switch (action) {
          case SET -> "@|bold,green +|@";
          case CHANGE -> "@|bold,yellow ~|@";
          case BLOCKED -> "@|bold,red !|@";
          case UNKNOWN -> "@|bold,cyan ?|@";
          case NONE -> "=";
        });
  }

  private static String summary(List<PlannedResource> plan) {
    return "Plan: %d to set, %d to change, %d blocked, %d unknown, %d unchanged."
        .formatted(
            count(plan, Action.SET),
            count(plan, Action.CHANGE),
            count(plan, Action.BLOCKED),
            count(plan, Action.UNKNOWN),
            count(plan, Action.NONE));
  }

  private static long count(List<PlannedResource> plan, Action action) {
    return plan.stream().filter(it -> it.action() == action).count();
  }
}
