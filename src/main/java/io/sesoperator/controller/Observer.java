package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec.SecretKeyRef;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.AddressOwners;
import io.sesoperator.kube.Finalizers;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.kube.SecretName;
import io.sesoperator.plan.Admission;
import io.sesoperator.plan.Evidence;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.Deletion;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.PasswordFacts;
import java.time.Instant;
import java.util.Map;
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
    Subject subject = subject(credential);
    return new Observation(
        now,
        subject,
        credential.getSpec(),
        credential.statusOrNone(),
        account.map(known -> facts(known, credential)).orElse(new AccountFacts.Missing()),
        secret(credential),
        account.flatMap(known -> olderClaim(known, credential)),
        history.values().of(subject.uid()),
        deletion(credential),
        Annotations.requests(credential),
        new Evidence(
            access.logins().since(now),
            account.flatMap(known -> access.listing(known, credential)),
            access.logins().last(subject.uid()),
            access.logins().isUnderWay(subject.uid()),
            history.corrections().of(subject.uid())));
  }

  private static Deletion deletion(SmtpCredential credential) {
    return new Deletion(
        Optional.ofNullable(credential.getMetadata().getDeletionTimestamp()).map(Instant::parse),
        Finalizers.isHeld(credential));
  }

  private static Subject subject(SmtpCredential credential) {
    return new Subject(
        credential.getMetadata().getNamespace(),
        credential.getMetadata().getName(),
        credential.getMetadata().getUid(),
        Optional.ofNullable(credential.getMetadata().getGeneration()).orElse(0L));
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

  // What stands in another namespace is not a tenant's business.
  private Optional<String> olderClaim(SesAccount account, SmtpCredential credential) {
    String namespace = credential.getMetadata().getNamespace();
    return owners
        .olderClaim(credential, other -> admits(account, other))
        .map(owner ->
            owner.getMetadata().getNamespace().equals(namespace)
                ? owner.getMetadata().getName()
                : "in another namespace");
  }

  private SecretFacts secret(SmtpCredential credential) {
    SecretKeyRef ref = credential.getSpec().passwordSecretRef();
    return secrets
        .find(new SecretName(credential.getMetadata().getNamespace(), ref.name()))
        .map(entries -> entry(entries, ref.key(), credential))
        .orElse(new SecretFacts.Missing());
  }

  private static SecretFacts entry(
      Map<String, PasswordFacts> entries, String key, SmtpCredential credential) {
    return Optional.ofNullable(entries.get(key))
        .map(facts -> found(facts, credential))
        .orElse(new SecretFacts.KeyMissing());
  }

  private static SecretFacts found(PasswordFacts facts, SmtpCredential credential) {
    return new SecretFacts.Found(
        facts
            .withoutTrailingNewline()
            .filter(_ -> credential.getSpec().trimsTrailingNewline())
            .orElse(facts));
  }
}
