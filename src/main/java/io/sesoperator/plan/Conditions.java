package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.plan.Plan.End;
import io.sesoperator.plan.Plan.Nothing;
import io.sesoperator.plan.Plan.Stop;
import io.sesoperator.plan.Plan.Wait;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The conditions that go with each way to end a turn, so that kstatus reads {@link Nothing} as
 * Current, {@link Wait} as InProgress and {@link Stop} as Failed. {@code Reconciling} and {@code
 * Stalled} are there only while true, and never both.
 */
final class Conditions {

  private static final List<String> OURS =
      List.of(
          Condition.READY,
          Condition.RECONCILING,
          Condition.STALLED,
          Condition.VERIFIED,
          Condition.DRIFTED);

  private Conditions() {}

  static SmtpCredentialStatus conclude(Observation seen, End end, Draft next) {
    long generation = seen.subject().generation();
    next.observedGeneration =
        reachesVerdict(end) ? generation : upTo(generation, next.observedGeneration);
    String message = Message.of(end.reason(), seen, next.lastCall);
    List<Condition> earlier = seen.status().conditions();
    Stream<Condition> kept = earlier.stream().filter(condition -> !OURS.contains(condition.type()));
    Instant now = seen.now().truncatedTo(ChronoUnit.SECONDS);
    next.conditions =
        Stream.of(made(end, generation, now, message), Findings.conditions(seen, next, now), kept)
            .flatMap(conditions -> conditions)
            .map(condition -> keepTransition(condition, earlier))
            .toList();
    return next.finish();
  }

  /**
   * {@code observed}, unless it is ahead of {@code generation}: a restored status can belong to
   * another object's spec.
   */
  static long upTo(long generation, long observed) {
    return observed > generation ? -1 : observed;
  }

  private static boolean reachesVerdict(End end) {
    return switch (end) {
      case Nothing _, Stop _ -> true;
      case Wait _ -> false;
    };
  }

  private static Stream<Condition> made(End end, long generation, Instant now, String message) {
    String reason = end.reason().wire();
    return switch (end) {
      case Nothing _ ->
          Stream.of(new Condition(Condition.READY, "True", generation, now, reason, message));
      case Stop _ ->
          Stream.of(
              new Condition(Condition.READY, "False", generation, now, reason, message),
              new Condition(Condition.STALLED, "True", generation, now, reason, message));
      case Wait _ ->
          Stream.of(
              new Condition(
                  Condition.READY, whileWaiting(end.reason()), generation, now, reason, message),
              new Condition(
                  Condition.RECONCILING,
                  "True",
                  generation,
                  now,
                  whileTrying(end.reason()),
                  message));
    };
  }

  private static String whileWaiting(Reason reason) {
    return switch (reason.kind()) {
      case FAILURE -> "False";
      case PROGRESS, SUCCESS -> "Unknown";
    };
  }

  // The reason that Flux gives to the same situation (fluxcd/pkg apis/meta/conditions.go).
  private static String whileTrying(Reason reason) {
    return switch (reason.kind()) {
      case FAILURE -> "ProgressingWithRetry";
      case PROGRESS, SUCCESS -> reason.wire();
    };
  }

  /** {@code condition}, with the time of the last change of its status. */
  static Condition keepTransition(Condition condition, List<Condition> earlier) {
    Instant since =
        earlier.stream()
            .filter(other -> other.type().equals(condition.type()))
            .filter(other -> other.status().equals(condition.status()))
            .map(Condition::lastTransitionTime)
            .findFirst()
            .orElse(condition.lastTransitionTime());
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        since,
        condition.reason(),
        condition.message());
  }
}
