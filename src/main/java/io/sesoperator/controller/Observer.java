package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.AddressOwners;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.plan.Admission;
import io.sesoperator.plan.Evidence;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * Gathers what a decision needs, from caches only: it asks nobody, writes nothing and never sees a
 * password.
 */
final class Observer {

  private final Accounts accounts;
  private final SecretDigests secrets;
  private final AddressOwners owners;
  private final History history;
  private final AccessCheck access;

  Observer(
      Accounts accounts,
      SecretDigests secrets,
      AddressOwners owners,
      History history,
      AccessCheck access) {
    this.accounts = accounts;
    this.secrets = secrets;
    this.owners = owners;
    this.history = history;
    this.access = access;
  }

  Observation observe(SmtpCredential credential, Instant now) {
    Optional<SesAccount> account = accounts.find(credential.getSpec().accountRef().name());
    Subject subject = CredentialFacts.subject(credential);
    return new Observation(
        now,
        subject,
        credential.getSpec(),
        credential.statusOrNone(),
        account.map(known -> facts(known, credential)).orElse(new AccountFacts.Missing()),
        secret(credential),
        account.flatMap(known -> olderClaim(known, credential)),
        history.values().of(subject.uid()),
        CredentialFacts.deletion(credential),
        Annotations.requests(credential),
        new Evidence(
            access.logins().since(now),
            account.flatMap(known -> access.listing(known, credential)),
            access.logins().last(subject.uid()),
            access.logins().isUnderWay(subject.uid()),
            history.corrections().of(subject.uid())));
  }

  private AccountFacts facts(SesAccount account, SmtpCredential credential) {
    return new AccountFacts.Known(admits(account, credential), access.of(account, credential));
  }

  private boolean admits(SesAccount account, SmtpCredential credential) {
    String namespace = credential.getMetadata().getNamespace();
    return Admission.admits(
        account.getSpec(),
        namespace,
        accounts.labels(namespace),
        credential.getSpec().emailAddress());
  }

  private Optional<String> olderClaim(SesAccount account, SmtpCredential credential) {
    return owners
        .olderClaim(credential, other -> admits(account, other))
        .map(owner -> CredentialFacts.nameOf(owner, credential));
  }

  private SecretFacts secret(SmtpCredential credential) {
    return CredentialFacts.secret(credential, secrets.find(CredentialFacts.secretName(credential)));
  }
}
