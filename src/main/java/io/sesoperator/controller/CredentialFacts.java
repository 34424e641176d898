package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Finalizers;
import io.sesoperator.kube.SecretName;
import io.sesoperator.plan.Admission;
import io.sesoperator.plan.Observation.Deletion;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.PasswordFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What follows from a credential and from what it refers to, wherever that was found. */
final class CredentialFacts {

  private CredentialFacts() {}

  static Subject subject(SmtpCredential credential) {
    return new Subject(
        credential.getMetadata().getNamespace(),
        credential.getMetadata().getName(),
        credential.getMetadata().getUid(),
        Optional.ofNullable(credential.getMetadata().getGeneration()).orElse(0L));
  }

  static Deletion deletion(SmtpCredential credential) {
    return new Deletion(
        Optional.ofNullable(credential.getMetadata().getDeletionTimestamp()).map(Instant::parse),
        Finalizers.isHeld(credential));
  }

  static SecretName secretName(SmtpCredential credential) {
    return new SecretName(
        credential.getMetadata().getNamespace(), credential.getSpec().passwordSecretRef().name());
  }

  /**
   * The entry that the spec names.
   *
   * @param entries those of the Secret, if it is there
   */
  static SecretFacts secret(
      SmtpCredential credential, Optional<Map<String, PasswordFacts>> entries) {
    return entries.map(facts -> entry(credential, facts)).orElse(new SecretFacts.Missing());
  }

  private static SecretFacts entry(SmtpCredential credential, Map<String, PasswordFacts> entries) {
    return Optional.ofNullable(entries.get(credential.getSpec().passwordSecretRef().key()))
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

  /** Whether the account lets a namespace with these labels manage the credential's address. */
  static boolean admits(SesAccount account, SmtpCredential credential, Map<String, String> labels) {
    return Admission.admits(
        account.getSpec(),
        credential.getMetadata().getNamespace(),
        labels,
        credential.getSpec().emailAddress());
  }

  /**
   * What to call the owner of an address: what other namespaces hold is not a tenant's business.
   */
  static String nameOf(SmtpCredential owner, SmtpCredential rival) {
    return owner.getMetadata().getNamespace().equals(rival.getMetadata().getNamespace())
        ? owner.getMetadata().getName()
        : "in another namespace";
  }
}
