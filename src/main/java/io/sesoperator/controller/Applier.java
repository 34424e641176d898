package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Accounts;
import io.sesoperator.password.Password;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.CallBudget.Permit;
import io.sesoperator.ses.CallBudget.Priority;
import io.sesoperator.ses.CallBudget.Reservation.Deferred;
import io.sesoperator.ses.CallBudget.Reservation.Granted;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out one plan. A password is in the clear only here and in {@link Logins}: from the
 * Secret's GET to the end of the call.
 */
final class Applier {

  private final Accounts accounts;
  private final AccountSessions sessions;
  private final PlannedPassword passwords;
  private final Logins logins;
  private final SecureRandom random;

  Applier(
      Accounts accounts,
      AccountSessions sessions,
      PlannedPassword passwords,
      Logins logins,
      SecureRandom random) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    this.logins = logins;
    this.random = random;
  }

  /**
   * Does what {@code plan} says; never waits for a turn in the budget.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if a Secret cannot be read;
   *     nothing was sent to SES then
   */
  Outcome apply(Observation seen, Plan plan) {
    return switch (plan) {
      case Plan.Prepare _, Plan.Correct _ -> takePlace(seen);
      case Plan.LookUp _ -> lookUp(seen);
      case Plan.Verify(String digest) -> logins.begin(seen, digest);
      case Plan.Push(String digest) -> push(seen, digest);
      case Plan.Ask(String digest) -> ask(seen, digest);
      case Plan.Revoke _ -> revoke(seen);
      case Plan.Hold _, Plan.Release _ -> new Outcome.NotAttempted(); // not SES's affair
      case Plan.End _ -> leavePlace(seen);
    };
  }

  /** So that the status which announces the push also says whether it has to wait. */
  private Outcome takePlace(Observation seen) {
    return account(seen)
        .map(sessions::standing)
        .flatMap(standing -> standing.budget().queue(caller(seen), Priority.CHANGE))
        .<Outcome>map(Outcome.Deferred::new)
        .orElse(new Outcome.NotAttempted());
  }

  /** Shares the answer with whoever asked at the same time. */
  private Outcome lookUp(Observation seen) {
    return account(seen)
        .flatMap(sessions::of)
        .map(session -> lookUp(seen, session))
        .orElse(new Outcome.LookedUp(Optional.empty()));
  }

  private Outcome lookUp(Observation seen, AccountSession session) {
    SenderSnapshot senders = session.standing().senders();
    senders.refresh(session.directory());
    return new Outcome.LookedUp(senders.of(seen.spec().emailAddress()));
  }

  private Outcome leavePlace(Observation seen) {
    account(seen)
        .map(sessions::standing)
        .ifPresent(standing -> standing.budget().withdraw(caller(seen)));
    return new Outcome.NotAttempted();
  }

  /** Lets others have the turn of a resource that is gone. */
  void forget(SmtpCredential gone) {
    logins.forget(gone.getMetadata().getUid());
    accounts
        .find(gone.getSpec().accountRef().name())
        .map(sessions::standing)
        .ifPresent(standing -> standing.forget(AccessCheck.caller(gone)));
  }

  private Outcome push(Observation seen, String digest) {
    return call(
        seen,
        session ->
            passwords
                .read(seen, digest)
                .map(password -> set(session, seen, password))
                .orElse(new Outcome.Superseded()));
  }

  /** The same call as a push; that it was made is remembered, and nothing else. */
  private Outcome ask(Observation seen, String digest) {
    Outcome outcome = push(seen, digest);
    if (outcome instanceof Outcome.Done) {
      account(seen)
          .map(sessions::standing)
          .ifPresent(standing -> standing.asks().note(caller(seen)));
    }
    return outcome;
  }

  private static Outcome set(AccountSession session, Observation seen, Password password) {
    try (password) {
      return session.setter().set(seen.spec().emailAddress(), password);
    }
  }

  /** The password is made here and forgotten here. */
  private Outcome revoke(Observation seen) {
    return call(
        seen,
        session -> {
          try (Password password = Password.random(random)) {
            return session.setter().set(seen.spec().emailAddress(), password);
          }
        });
  }

  /**
   * Makes a call when it is the resource's turn, and has the account learn from what came of it.
   */
  private Outcome call(Observation seen, Function<AccountSession, Outcome> call) {
    return account(seen)
        .flatMap(sessions::of)
        .map(session -> call(seen, session, call))
        .orElse(new Outcome.Superseded());
  }

  private static Outcome call(
      Observation seen, AccountSession session, Function<AccountSession, Outcome> call) {
    Outcome outcome =
        switch (session.budget().reserve(caller(seen), priority(seen))) {
          case Deferred(var until) -> new Outcome.Deferred(until);
          case Granted(Permit permit) -> {
            try (permit) {
              yield call.apply(session);
            }
          }
        };
    return session.standing().learn(caller(seen), outcome);
  }

  private Optional<SesAccount> account(Observation seen) {
    return accounts.find(seen.spec().accountRef().name());
  }

  private static Caller caller(Observation seen) {
    return new Caller(seen.subject().namespace(), seen.subject().name());
  }

  /** Nobody waits for a value that SES has accepted already and is only asserted again. */
  private static Priority priority(Observation seen) {
    return seen.status().pending().isEmpty() && seen.deletion().requested().isEmpty()
        ? Priority.CHECK
        : Priority.CHANGE;
  }
}
