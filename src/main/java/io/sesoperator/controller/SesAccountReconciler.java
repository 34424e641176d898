package io.sesoperator.controller;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.kube.StatusWriter;
import io.sesoperator.kube.StatusWriter.Written.Stale;
import io.sesoperator.kube.StatusWriter.Written.Stored;
import io.sesoperator.plan.AccountCheck;
import io.sesoperator.plan.NextAccountStatus;
import io.sesoperator.plan.Outcome;
import io.sesoperator.ses.SenderListing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an account's status true: whether SES takes its credentials, by listing its senders. */
@ControllerConfiguration(name = "sesaccount")
public final class SesAccountReconciler implements Reconciler<SesAccount> {

  private static final Logger LOG = LoggerFactory.getLogger(SesAccountReconciler.class);

  /** Until the cache has what somebody else wrote. */
  private static final Duration CATCH_UP = Duration.ofMillis(200);

  private static final Duration WHILE_READY = Duration.ofHours(1);
  private static final Duration WHILE_NOT_READY = Duration.ofSeconds(10);

  private final AccountSessions sessions;
  private final StatusWriter statusWriter;
  private final EventSources eventSources;
  private final Clock clock;

  SesAccountReconciler(
      AccountSessions sessions, StatusWriter statusWriter, EventSources eventSources, Clock clock) {
    this.sessions = sessions;
    this.statusWriter = statusWriter;
    this.eventSources = eventSources;
    this.clock = clock;
  }

  @Override
  public UpdateControl<SesAccount> reconcile(SesAccount account, Context<SesAccount> context) {
    SesAccountStatus before = account.statusOrNone();
    SesAccountStatus next =
        NextAccountStatus.after(
            clock.instant(),
            account.getMetadata().getName(),
            Optional.ofNullable(account.getMetadata().getGeneration()).orElse(0L),
            before,
            check(account));
    return next.equals(before) ? lookAgainAfter(next) : write(account, next);
  }

  private UpdateControl<SesAccount> write(SesAccount account, SesAccountStatus next) {
    return switch (statusWriter.write(account, next)) {
      case Stored<SesAccount> _ -> {
        log(account, next);
        yield lookAgainAfter(next);
      }
      case Stale<SesAccount> _ -> UpdateControl.<SesAccount>noUpdate().rescheduleAfter(CATCH_UP);
    };
  }

  private static UpdateControl<SesAccount> lookAgainAfter(SesAccountStatus status) {
    boolean ready = status.condition(Condition.READY).filter(Condition::holds).isPresent();
    return UpdateControl.<SesAccount>noUpdate()
        .rescheduleAfter(ready ? WHILE_READY : WHILE_NOT_READY);
  }

  @Override
  public List<EventSource<?, SesAccount>> prepareEventSources(
      EventSourceContext<SesAccount> context) {
    return eventSources.ofAccounts();
  }

  private AccountCheck check(SesAccount account) {
    return sessions
        .of(account)
        .map(session -> check(session.directory().list()))
        .orElse(
            new AccountCheck.Unusable(
                Reason.ENDPOINT_NOT_ALLOWED, Optional.empty(), Optional.empty()));
  }

  private static AccountCheck check(SenderListing listing) {
    return switch (listing) {
      case SenderListing.Listed listed ->
          new AccountCheck.Listed(listed.senders().size(), listed.answer());
      case SenderListing.Unlisted(Outcome outcome, Optional<Duration> skew) -> check(outcome, skew);
    };
  }

  private static AccountCheck check(Outcome outcome, Optional<Duration> skew) {
    return switch (outcome) {
      case Outcome.AccountTrouble(Reason reason, var answer) ->
          reason == Reason.NOT_AUTHORIZED
              ? new AccountCheck.NotPermitted(answer)
              : new AccountCheck.Unusable(reason, Optional.of(answer), skew);
      case Outcome.Refused(Reason reason, var answer) ->
          new AccountCheck.Unusable(reason, Optional.of(answer), skew);
      case Outcome.NotYet(Reason reason, var answer) -> new AccountCheck.Unanswered(reason, answer);
      case Outcome.Throttled(var answer) -> new AccountCheck.Unanswered(Reason.THROTTLED, answer);
      case Outcome.Ambiguous(var answer) ->
          new AccountCheck.Unanswered(Reason.SES_UNAVAILABLE, answer);
      case Outcome.Done _, Outcome.Superseded _, Outcome.Deferred _, Outcome.NotAttempted _ ->
          throw new IllegalStateException("A list of senders cannot end as " + outcome);
    };
  }

  private static void log(SesAccount account, SesAccountStatus status) {
    Optional<Condition> ready = status.condition(Condition.READY);
    LOG.atInfo()
        .addKeyValue("account", account.getMetadata().getName())
        .addKeyValue("ready", ready.map(Condition::status).orElse(""))
        .addKeyValue("reason", ready.map(Condition::reason).orElse(""))
        .log("Checked");
  }
}
