package io.sesoperator.demo;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.simulator.CallLog.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What there is to see of one sender, each in the API's object, in the call log, or in both. */
final class Sights {

  private final Sender sender;

  Sights(Sender sender) {
    this.sender = sender;
  }

  /** SES got exactly so many calls in all, and each changed the password. */
  Sight pushedTimes(int times) {
    return () -> {
      List<Call> calls = sender.calls();
      return calls.size() == times && sender.changes().size() == times
          ? new Look.Seen("RequestId " + calls.getLast().requestId())
          : other();
    };
  }

  /** Ready for the spec of now, by the last call to SES, with so many values applied in all. */
  Sight ready(long revision) {
    return () -> {
      SmtpCredential credential = sender.credential();
      Optional<Condition> ready = ready(credential);
      return ready.isPresent() && isProved(credential.statusOrNone(), revision)
          ? new Look.Seen(ready.get().message())
          : other();
    };
  }

  private static Optional<Condition> ready(SmtpCredential credential) {
    SmtpCredentialStatus status = credential.statusOrNone();
    return status
        .condition(Condition.READY)
        .filter(Condition::holds)
        .filter(ready -> ready.observedGeneration() == credential.getMetadata().getGeneration())
        .filter(_ -> status.observedGeneration().equals(credential.getMetadata().getGeneration()))
        .filter(_ -> status.condition(Condition.RECONCILING).isEmpty())
        .filter(_ -> status.condition(Condition.STALLED).isEmpty());
  }

  private boolean isProved(SmtpCredentialStatus status, long revision) {
    return status.applied().stream()
        .filter(applied -> applied.revision() == revision)
        .flatMap(applied -> applied.requestId().stream())
        .anyMatch(id -> sender.calls().getLast().requestId().equals(id));
  }

  /** Nothing more will be done until somebody acts. */
  Sight stalled(Reason reason) {
    return () -> {
      SmtpCredentialStatus status = status();
      return status.condition(Condition.READY).filter(is("False", reason.wire())).isPresent()
              && status.condition(Condition.RECONCILING).isEmpty()
          ? status
              .condition(Condition.STALLED)
              .filter(is("True", reason.wire()))
              .<Look>map(stalled -> new Look.Seen(stalled.message()))
              .orElseGet(this::other)
          : other();
    };
  }

  /**
   * The tenant must act, says the reason of Stalled; SES was not asked and holds {@code former}.
   */
  Sight waitsForTheTenant(int calls, String former) {
    return () ->
        status()
                    .condition(Condition.STALLED)
                    .flatMap(stalled -> Reason.fromWire(stalled.reason()))
                    .filter(reason -> reason.actor() == Reason.Actor.TENANT)
                    .isPresent()
                && sender.calls().size() == calls
                && sender.sesHolds(former)
            ? new Look.Seen("SES was not called, and holds the former password")
            : other();
  }

  /** An attempt failed, and the next one is due. */
  Sight retrying(Reason reason) {
    return () -> {
      SmtpCredentialStatus status = status();
      return status
          .condition(Condition.RECONCILING)
          .filter(is("True", "ProgressingWithRetry"))
          .flatMap(_ -> status.condition(Condition.READY))
          .filter(is("False", reason.wire()))
          .filter(_ -> status.failures() > 0 && status.nextAttemptTime().isPresent())
          .<Look>map(_ ->
              new Look.Seen(
                  "failures: %d, next attempt: %s"
                      .formatted(status.failures(), status.nextAttemptTime().get())))
          .orElseGet(this::other);
    };
  }

  /** SES carried out that change, counted from 1, and the reply did not arrive. */
  Sight replyLost(int change) {
    return () ->
        sender.changes().size() == change && !sender.changes().getLast().fault().isEmpty()
            ? new Look.Seen("RequestId " + sender.changes().getLast().requestId())
            : other();
  }

  /** SES answered the last call with "that is the password already", and this counts as proof. */
  Sight repeated() {
    return () -> {
      Optional<Applied> applied = status().applied().filter(is -> is.outcome().equals("Unchanged"));
      Call last = sender.calls().getLast();
      return applied.isPresent() && last.result().equals("OperationDenied.RepeatPassWord")
          ? new Look.Seen(last.result() + ", RequestId " + last.requestId())
          : other();
    };
  }

  /** SES holds what is in the Secret, and no longer {@code former}. */
  Sight holdsInsteadOf(String former) {
    return () ->
        sender.sesHolds(sender.password()) && !sender.sesHolds(former)
            ? new Look.Seen("the new one; the former one is refused")
            : other();
  }

  /** SES holds what is in the Secret, after so many changes in all. */
  Sight holdsItsSecret(int changes) {
    return () ->
        sender.sesHolds(sender.password()) && sender.changes().size() == changes
            ? new Look.Seen(
                "for %s, after %d changes in %d calls"
                    .formatted(sender.address(), changes, sender.calls().size()))
            : other();
  }

  /** The operator looked at the newest spec, and that is all that it did. */
  Sight idleSince(Sender.Mark mark) {
    return () -> {
      SmtpCredential credential = sender.credential();
      return ready(credential).isPresent() && sender.calls().size() == mark.calls()
          ? new Look.Seen("no call, no status write")
          : other();
    };
  }

  /** What is there in place of what was looked for. */
  Look other() {
    return new Look.Other("%s; %s".formatted(inKubernetes(), atSes()));
  }

  private String inKubernetes() {
    String ready =
        status()
            .condition(Condition.READY)
            .map(condition ->
                "Ready=%s (%s: %s)"
                    .formatted(condition.status(), condition.reason(), condition.message()))
            .orElse("no condition Ready");
    String stalled = status().condition(Condition.STALLED).map(_ -> ", Stalled=True").orElse("");
    return sender.name() + " has " + ready + stalled;
  }

  private String atSes() {
    List<Call> calls = sender.calls();
    String last =
        calls.isEmpty() ? "" : ", the last with result '%s'".formatted(calls.getLast().result());
    return "SES got %d calls for %s and made %d changes%s"
        .formatted(calls.size(), sender.address(), sender.changes().size(), last);
  }

  private SmtpCredentialStatus status() {
    return sender.credential().statusOrNone();
  }

  private static Predicate<Condition> is(String status, String reason) {
    return condition -> condition.status().equals(status) && condition.reason().equals(reason);
  }
}
