package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.SecretFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * Gathers what a decision needs, from caches only: it asks nobody, writes nothing and never sees a
 * password.
 */
final class Observer {

  private final AdmissionCheck admission;
  private final AccessCheck access;
  private final SecretDigests secrets;
  private final RecentChanges recentChanges;
  private final EvidenceCheck evidence;

  Observer(
      AdmissionCheck admission,
      AccessCheck access,
      SecretDigests secrets,
      RecentChanges recentChanges,
      EvidenceCheck evidence) {
    this.admission = admission;
    this.access = access;
    this.secrets = secrets;
    this.recentChanges = recentChanges;
    this.evidence = evidence;
  }

  Observation observe(SmtpCredential credential, Instant now) {
    Optional<SesAccount> account = admission.account(credential);
    return new Observation(
        now,
        CredentialFacts.subject(credential),
        credential.getSpec(),
        credential.statusOrNone(),
        account.map(known -> facts(known, credential)).orElse(new AccountFacts.Missing()),
        secret(credential),
        account.flatMap(known -> admission.olderClaim(known, credential)),
        recentChanges.of(credential.getMetadata().getUid()),
        CredentialFacts.deletion(credential),
        Annotations.requests(credential),
        evidence.of(credential, account, now));
  }

  private AccountFacts facts(SesAccount account, SmtpCredential credential) {
    return new AccountFacts.Known(
        admission.admits(account, credential), access.of(account, credential));
  }

  private SecretFacts secret(SmtpCredential credential) {
    return CredentialFacts.secret(credential, secrets.find(CredentialFacts.secretName(credential)));
  }
}
