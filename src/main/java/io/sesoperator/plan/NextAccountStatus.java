package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.plan.AccountCheck.Listed;
import io.sesoperator.plan.AccountCheck.NotPermitted;
import io.sesoperator.plan.AccountCheck.Unanswered;
import io.sesoperator.plan.AccountCheck.Unusable;
import io.sesoperator.plan.Outcome.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Folds one check of an account into its next status. A check that finds nothing new changes
 * nothing, not even {@code checkedAt}.
 */
public final class NextAccountStatus {

  private NextAccountStatus() {}

  /** The status of the account {@code name} after {@code check}, made at {@code now}. */
  public static SesAccountStatus after(
      Instant now, String name, long generation, SesAccountStatus before, AccountCheck check) {
    SesAccountStatus next =
        switch (check) {
          case Listed(int senders, Answer answer) ->
              usable(now, name, generation, new Usable(Optional.of(senders), answer));
          case NotPermitted(Answer answer) ->
              usable(now, name, generation, new Usable(Optional.empty(), answer));
          case Unusable unusable -> unusable(now, name, generation, before, unusable);
          case Unanswered unanswered -> unanswered(now, name, generation, before, unanswered);
        };
    SesAccountStatus kept = keepTransitions(next, before);
    return saysTheSame(kept, before) ? before : kept;
  }

  /** The credentials work, whether or not they may list senders. */
  private record Usable(Optional<Integer> senders, Answer answer) {
    Reason reason() {
      return senders.isPresent() ? Reason.AVAILABLE : Reason.SENDERS_UNKNOWN;
    }
  }

  private static SesAccountStatus usable(Instant now, String name, long generation, Usable check) {
    LastCall call = lastCall(now, check.answer());
    String message = Message.of(check.reason(), name, Optional.of(call));
    String reason = check.reason().wire();
    return new SesAccountStatus(
        generation,
        List.of(new Condition(Condition.READY, "True", generation, toSecond(now), reason, message)),
        check.senders(),
        Optional.of(now),
        Optional.of(call),
        Optional.empty());
  }

  private static SesAccountStatus unusable(
      Instant now, String name, long generation, SesAccountStatus before, Unusable check) {
    Optional<LastCall> call = check.answer().map(answer -> lastCall(now, answer));
    String message = Message.of(check.reason(), name, call);
    String reason = check.reason().wire();
    return new SesAccountStatus(
        generation,
        List.of(
            new Condition(Condition.READY, "False", generation, toSecond(now), reason, message),
            new Condition(Condition.STALLED, "True", generation, toSecond(now), reason, message)),
        before.senders(),
        Optional.of(now),
        call,
        check
            .clockSkew()
            .filter(_ -> check.reason() == Reason.CLOCK_SKEW)
            .map(NextAccountStatus::wholeMinutes));
  }

  /** An outage of SES says nothing about an account that worked before. */
  private static SesAccountStatus unanswered(
      Instant now, String name, long generation, SesAccountStatus before, Unanswered check) {
    boolean worked =
        before.condition(Condition.READY).filter(Condition::holds).isPresent()
            && before.observedGeneration() == generation;
    if (worked) {
      return before;
    }
    LastCall call = lastCall(now, check.answer());
    String message = Message.of(check.reason(), name, Optional.of(call));
    return new SesAccountStatus(
        Conditions.upTo(generation, before.observedGeneration()),
        List.of(
            new Condition(
                Condition.READY,
                "False",
                generation,
                toSecond(now),
                check.reason().wire(),
                message),
            new Condition(
                Condition.RECONCILING,
                "True",
                generation,
                toSecond(now),
                "ProgressingWithRetry",
                message)),
        before.senders(),
        Optional.of(now),
        Optional.of(call),
        Optional.empty());
  }

  // To the second it would change with every check, and with it the status.
  private static long wholeMinutes(Duration skew) {
    return Duration.ofMinutes(skew.toMinutes()).toSeconds();
  }

  // As Kubernetes writes the times of conditions.
  private static Instant toSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static LastCall lastCall(Instant now, Answer answer) {
    return new LastCall(answer.action(), answer.requestId(), answer.errorCode(), now);
  }

  private static SesAccountStatus keepTransitions(SesAccountStatus next, SesAccountStatus before) {
    return new SesAccountStatus(
        next.observedGeneration(),
        next.conditions().stream()
            .map(condition -> Conditions.keepTransition(condition, before.conditions()))
            .toList(),
        next.senders(),
        next.checkedAt(),
        next.lastCall(),
        next.clockSkewSeconds());
  }

  /** Whether two statuses differ in nothing but when they were found out, and by which request. */
  private static boolean saysTheSame(SesAccountStatus one, SesAccountStatus other) {
    return withoutOccasion(one).equals(withoutOccasion(other));
  }

  private static SesAccountStatus withoutOccasion(SesAccountStatus status) {
    return new SesAccountStatus(
        status.observedGeneration(),
        status.conditions().stream().map(NextAccountStatus::withoutMessage).toList(),
        status.senders(),
        Optional.empty(),
        status
            .lastCall()
            .map(call ->
                new LastCall(call.action(), Optional.empty(), call.errorCode(), Instant.EPOCH)),
        status.clockSkewSeconds());
  }

  // The message names the RequestId.
  private static Condition withoutMessage(Condition condition) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        condition.lastTransitionTime(),
        condition.reason(),
        "");
  }
}
