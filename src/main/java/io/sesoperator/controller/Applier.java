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
import io.sesoperator.ses.CallBudget.Permit;
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
      case Plan.Prepare _, Plan.End _ -> new Outcome.NotAttempted();
      case Plan.Push(String digest) -> push(seen, digest);
    };
  }

  private Outcome push(Observation seen, String digest) {
    Optional<SesAccount> account = accounts.find(seen.spec().accountRef().name());
    return account
        .flatMap(sessions::of)
        .map(session -> push(seen, digest, session))
        .orElse(new Outcome.Superseded());
  }

  private Outcome push(Observation seen, String digest, AccountSession session) {
    return switch (session.budget().reserve(seen.subject().namespace(), seen.subject().uid())) {
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
