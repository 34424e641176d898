package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec.SecretKeyRef;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.password.DigestKey;
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
 * Carries out one plan. The only place where a password is in the clear: from the Secret's GET to
 * the end of the call.
 */
final class Applier {

  private final Accounts accounts;
  private final AccountSessions sessions;
  private final SecretReader secrets;
  private final DigestKey digestKey;
  private final SecureRandom random;

  Applier(
      Accounts accounts,
      AccountSessions sessions,
      SecretReader secrets,
      DigestKey digestKey,
      SecureRandom random) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.secrets = secrets;
    this.digestKey = digestKey;
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
      case Plan.Prepare _ -> takePlace(seen);
      case Plan.Push(String digest) -> push(seen, digest);
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

  private Outcome leavePlace(Observation seen) {
    account(seen)
        .map(sessions::standing)
        .ifPresent(standing -> standing.budget().withdraw(caller(seen)));
    return new Outcome.NotAttempted();
  }

  /** Lets others have the turn of a resource that is gone. */
  void forget(SmtpCredential gone) {
    accounts
        .find(gone.getSpec().accountRef().name())
        .map(sessions::standing)
        .ifPresent(standing -> standing.forget(AccessCheck.caller(gone)));
  }

  private Outcome push(Observation seen, String digest) {
    return call(
        seen,
        session -> {
          try (Password password = read(seen)) {
            return isPlanned(seen, digest, password)
                ? session.setter().set(seen.spec().emailAddress(), password)
                : new Outcome.Superseded();
          }
        });
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

  /** The value as it is now; nothing at all if the Secret or its key is gone. */
  private Password read(Observation seen) {
    SecretKeyRef ref = seen.spec().passwordSecretRef();
    Password whole =
        secrets
            .password(new SecretName(seen.subject().namespace(), ref.name()), ref.key())
            .orElseGet(() -> Password.of(new byte[0]));
    if (!seen.spec().trimsTrailingNewline()) {
      return whole;
    }
    try (whole) {
      return whole.withoutTrailingNewline();
    }
  }

  private boolean isPlanned(Observation seen, String digest, Password password) {
    SecretKeyRef ref = seen.spec().passwordSecretRef();
    return digestKey
        .digest(seen.subject().namespace(), ref.name(), ref.key(), password)
        .equals(digest);
  }
}
