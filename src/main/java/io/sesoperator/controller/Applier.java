package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
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
import java.util.Optional;

/**
 * Carries out one plan. The only place where a password is in the clear: from the Secret's GET to
 * the end of the call.
 */
final class Applier {

  private final Accounts accounts;
  private final AccountSessions sessions;
  private final SecretReader secrets;
  private final DigestKey digestKey;

  Applier(Accounts accounts, AccountSessions sessions, SecretReader secrets, DigestKey digestKey) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.secrets = secrets;
    this.digestKey = digestKey;
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

  private Outcome push(Observation seen, String digest) {
    return account(seen)
        .flatMap(sessions::of)
        .map(session -> push(seen, digest, session))
        .orElse(new Outcome.Superseded());
  }

  private Outcome push(Observation seen, String digest, AccountSession session) {
    Outcome outcome =
        switch (session.budget().reserve(caller(seen), priority(seen))) {
          case Deferred(var until) -> new Outcome.Deferred(until);
          case Granted(Permit permit) -> {
            try (permit;
                Password password = read(seen)) {
              yield isPlanned(seen, digest, password)
                  ? session.setter().set(seen.spec().emailAddress(), password)
                  : new Outcome.Superseded();
            }
          }
        };
    session.standing().learn(caller(seen), outcome);
    return outcome;
  }

  private Optional<SesAccount> account(Observation seen) {
    return accounts.find(seen.spec().accountRef().name());
  }

  private static Caller caller(Observation seen) {
    return new Caller(seen.subject().namespace(), seen.subject().name());
  }

  /** Nobody waits for a value that SES has accepted already and is only asserted again. */
  private static Priority priority(Observation seen) {
    return seen.status().pending().isEmpty() ? Priority.CHECK : Priority.CHANGE;
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
