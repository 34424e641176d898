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
import io.sesoperator.plan.Policy;
import io.sesoperator.ses.Breaker;
import io.sesoperator.ses.Breaker.Trouble;
import io.sesoperator.ses.SenderListing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an account's status true: whether SES takes its credentials, by listing its senders. */
@ControllerConfiguration(name = "sesaccount")
public final class SesAccountReconciler implements Reconciler<SesAccount> {

  private static final Logger LOG = LoggerFactory.getLogger(SesAccountReconciler.class);

  /** Until the cache has what somebody else wrote. */
  private static final Duration CATCH_UP = Duration.ofMillis(200);

  private final AccountSessions sessions;
  private final StatusWriter statusWriter;
  private final EventSources eventSources;
  private final Dependents dependents;
  private final Clock clock;

  SesAccountReconciler(
      AccountSessions sessions,
      StatusWriter statusWriter,
      EventSources eventSources,
      Dependents dependents,
      Clock clock) {
    this.sessions = sessions;
    this.statusWriter = statusWriter;
    this.eventSources = eventSources;
    this.dependents = dependents;
    this.clock = clock;
  }

  @Override
  public UpdateControl<SesAccount> reconcile(SesAccount account, Context<SesAccount> context) {
    AccountCheck check = check(account);
    SesAccountStatus before = account.statusOrNone();
    SesAccountStatus next =
        NextAccountStatus.after(
            clock.instant(),
            account.getMetadata().getName(),
            Optional.ofNullable(account.getMetadata().getGeneration()).orElse(0L),
            before,
            check);
    return next.equals(before) ? lookAgain(account, next) : write(account, next);
  }

  private UpdateControl<SesAccount> write(SesAccount account, SesAccountStatus next) {
    return switch (statusWriter.write(account, next)) {
      case Stored<SesAccount> _ -> {
        log(account, next);
        yield lookAgain(account, next);
      }
      case Stale<SesAccount> _ -> UpdateControl.<SesAccount>noUpdate().rescheduleAfter(CATCH_UP);
    };
  }

  /** When drift checks want it, or soon while there is trouble, by its status or its breaker. */
  private UpdateControl<SesAccount> lookAgain(SesAccount account, SesAccountStatus status) {
    Stream<Instant> refused =
        status.condition(Condition.READY).stream()
            .filter(ready -> !ready.holds())
            .map(Condition::lastTransitionTime);
    Stream<Instant> troubled = breaker(account).trouble().stream().map(Trouble::since);
    Duration delay =
        Stream.concat(refused, troubled)
            .map(since -> Policy.probeDelay(Duration.between(since, clock.instant())))
            .min(Comparator.naturalOrder())
            .orElseGet(() -> dependents.nextList(account));
    return UpdateControl.<SesAccount>noUpdate().rescheduleAfter(delay);
  }

  @Override
  public List<EventSource<?, SesAccount>> prepareEventSources(
      EventSourceContext<SesAccount> context) {
    return eventSources.ofAccounts(context.getPrimaryCache());
  }

  private AccountCheck check(SesAccount account) {
    return sessions
        .of(account)
        .map(session -> check(account, list(account, session)))
        .orElse(
            new AccountCheck.Unusable(
                Reason.ENDPOINT_NOT_ALLOWED, Optional.empty(), Optional.empty()));
  }

  private SenderListing list(SesAccount account, AccountSession session) {
    SenderListing listing = session.standing().senders().take(session.directory());
    if (listing instanceof SenderListing.Listed) {
      eventSources.sendersListed(account.getMetadata().getName());
    }
    return listing;
  }

  private AccountCheck check(SesAccount account, SenderListing listing) {
    return switch (listing) {
      case SenderListing.Listed listed ->
          stillWrong(account)
              .orElse(new AccountCheck.Listed(listed.senders().size(), listed.answer()));
      case SenderListing.Unlisted(Outcome outcome, Optional<Duration> skew) -> check(outcome, skew);
    };
  }

  /** What is still wrong with an account whose senders SES lists; one resource tries whether. */
  private Optional<AccountCheck> stillWrong(SesAccount account) {
    Breaker breaker = breaker(account);
    breaker.listed();
    if (breaker.trouble().isPresent()) {
      haveSomebodyTry(account, breaker);
    }
    return breaker
        .trouble()
        .filter(trouble -> !trouble.isOutage())
        .map(trouble ->
            new AccountCheck.Unusable(
                trouble.reason(), Optional.of(trouble.answer()), Optional.empty()));
  }

  private void haveSomebodyTry(SesAccount account, Breaker breaker) {
    dependents
        .whoTries(account, clock.instant())
        .map(AccessCheck::caller)
        .ifPresentOrElse(
            caller -> {
              breaker.appoint(caller);
              eventSources.wake(caller);
            },
            breaker::close);
  }

  private Breaker breaker(SesAccount account) {
    return sessions.standing(account).breaker();
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
      case Outcome.Done _,
          Outcome.Superseded _,
          Outcome.Deferred _,
          Outcome.NotAttempted _,
          Outcome.LookedUp _,
          Outcome.LoggingIn _ ->
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
