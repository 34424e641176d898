package io.sesoperator.ses;

import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.ses.CallBudget.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether it makes sense to push anything for an account at all. It opens when SES refuses the
 * whole account, or answers nobody; then one caller at a time tries, and its success closes it.
 *
 * <p>Safe for use by many threads.
 */
public final class Breaker {

  /**
   * So many different callers in a row without an answer are an outage. Fewer may have a trouble of
   * their own, and must not hold up the rest.
   */
  private static final int CALLERS_OF_AN_OUTAGE = 3;

  /** What a list of senders does not disprove, as it needs another permission, and no money. */
  private static final Set<Reason> NOT_OF_LISTS =
      EnumSet.of(Reason.NOT_AUTHORIZED, Reason.ACCOUNT_IN_ARREARS, Reason.SES_UNAVAILABLE);

  private final Clock clock;
  private final Runnable whenChanged;
  private final Set<Caller> unanswered = new HashSet<>();

  /** Who was denied the permission since it opened. */
  private final Set<Caller> denied = new HashSet<>();

  /** Who was denied it while others were not: a policy may name addresses. */
  private final Set<Caller> deniedAlone = new HashSet<>();

  private Optional<Trouble> trouble;
  private Optional<Caller> appointed = Optional.empty();

  /**
   * One that is closed, unless something is known against the account already.
   *
   * @param whenChanged called after it opened or closed, by the thread that brought the news
   */
  public Breaker(Optional<Trouble> known, Clock clock, Runnable whenChanged) {
    this.trouble = known;
    this.clock = clock;
    this.whenChanged = whenChanged;
  }

  /**
   * Why it is open.
   *
   * @param since when it opened, UTC
   */
  public record Trouble(Reason reason, Answer answer, Instant since) {

    /** Whether SES gives no answers, which says nothing about the account. */
    public boolean isOutage() {
      return reason == Reason.SES_UNAVAILABLE;
    }
  }

  /**
   * What an account's status remembers of a refused push: after a restart too, one caller tries and
   * not all of them.
   */
  public static Optional<Trouble> remembered(SesAccountStatus status) {
    return status
        .condition(Condition.READY)
        .filter(ready -> !ready.holds())
        .flatMap(ready ->
            Reason.fromWire(ready.reason())
                .flatMap(reason ->
                    status
                        .lastCall()
                        .filter(call -> call.action().equals(SesClient.SET_PASSWORD))
                        .map(call ->
                            new Trouble(reason, answer(call), ready.lastTransitionTime()))));
  }

  private static Answer answer(LastCall call) {
    return new Answer(call.action(), call.errorCode(), call.requestId());
  }

  /** Why no calls should be made; absent while it is closed. */
  public synchronized Optional<Trouble> trouble() {
    return trouble;
  }

  /** Whether this caller is the one that tries. */
  public synchronized boolean isAppointed(Caller caller) {
    return appointed.equals(Optional.of(caller));
  }

  /** Lets this caller try, instead of the last one. */
  public synchronized void appoint(Caller caller) {
    appointed = trouble.map(_ -> caller);
  }

  /**
   * Learns from what came of a push.
   *
   * @return the outcome as the caller has to take it: a trouble that is not the account's is its
   *     own
   */
  public Outcome learn(Caller caller, Outcome outcome) {
    dismiss(caller, outcome);
    return switch (outcome) {
      case Outcome.AccountTrouble(Reason reason, Answer answer) when isItsOwn(caller, reason) ->
          new Outcome.NotYet(reason, answer);
      case Outcome.AccountTrouble(Reason reason, Answer answer) -> {
        open(reason, answer);
        yield outcome;
      }
      case Outcome.Ambiguous(Answer answer) -> {
        unanswered(caller, answer);
        yield outcome;
      }
      case Outcome.NotYet(Reason reason, Answer answer) when reason == Reason.SES_UNAVAILABLE -> {
        unanswered(caller, answer);
        yield outcome;
      }
      // SES was not asked
      case Outcome.NotYet(Reason reason, Answer _) when reason == Reason.CREDENTIALS_UNAVAILABLE ->
          outcome;
      case Outcome.Done _, Outcome.Refused _, Outcome.NotYet _ -> {
        allowed(caller);
        yield outcome;
      }
      // not the account's affair, or not even asked
      case Outcome.Throttled _,
          Outcome.Superseded _,
          Outcome.Deferred _,
          Outcome.NotAttempted _,
          Outcome.LookedUp _,
          Outcome.LoggingIn _ ->
          outcome;
    };
  }

  /** Forgets a caller that is gone. */
  public synchronized void forget(Caller caller) {
    unanswered.remove(caller);
    denied.remove(caller);
    deniedAlone.remove(caller);
  }

  /** Learns that SES listed the account's senders, which disproves some troubles. */
  public void listed() {
    if (trouble().filter(open -> !NOT_OF_LISTS.contains(open.reason())).isPresent()) {
      close();
    }
  }

  /** Has calls made again: there is nothing against it, or nobody to try. */
  public void close() {
    if (change(Optional.empty())) {
      whenChanged.run();
    }
  }

  /** Has no calls made but by whom is appointed. */
  public void open(Reason reason, Answer answer) {
    Instant since = trouble().map(Trouble::since).orElseGet(clock::instant);
    if (change(Optional.of(new Trouble(reason, answer, since)))) {
      whenChanged.run();
    }
  }

  /** Who has tried does not try again by itself; who waits for a slot has not tried yet. */
  private synchronized void dismiss(Caller caller, Outcome outcome) {
    boolean tried = !(outcome instanceof Outcome.Deferred);
    appointed = appointed.filter(other -> !(tried && other.equals(caller)));
  }

  private synchronized boolean isItsOwn(Caller caller, Reason reason) {
    if (reason == Reason.NOT_AUTHORIZED) {
      denied.add(caller);
    }
    return reason == Reason.NOT_AUTHORIZED && deniedAlone.contains(caller);
  }

  private void allowed(Caller caller) {
    synchronized (this) {
      denied.remove(caller);
      deniedAlone.addAll(denied);
      deniedAlone.remove(caller);
    }
    close();
  }

  private void unanswered(Caller caller, Answer answer) {
    if (isOutage(caller)) {
      open(Reason.SES_UNAVAILABLE, answer);
    }
  }

  private synchronized boolean isOutage(Caller caller) {
    unanswered.add(caller);
    return unanswered.size() >= CALLERS_OF_AN_OUTAGE && trouble.isEmpty();
  }

  /** Whether it was closed and is open now, or the other way round, or for another reason. */
  private synchronized boolean change(Optional<Trouble> next) {
    boolean changes = !trouble.map(Trouble::reason).equals(next.map(Trouble::reason));
    trouble = next;
    appointed = Optional.empty();
    if (next.isEmpty()) {
      unanswered.clear();
      denied.clear();
    }
    return changes;
  }
}
