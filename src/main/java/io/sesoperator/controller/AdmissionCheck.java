package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.AddressOwners;
import java.util.Optional;

/** Tells which account a credential belongs to, and whether it may manage its address there. */
record AdmissionCheck(Accounts accounts, AddressOwners owners) {

  /** The account that the spec names, if there is one. */
  Optional<SesAccount> account(SmtpCredential credential) {
    return accounts.find(credential.getSpec().accountRef().name());
  }

  /** Whether the account lets the resource's namespace manage the resource's address. */
  boolean admits(SesAccount account, SmtpCredential credential) {
    return CredentialFacts.admits(
        account, credential, accounts.labels(credential.getMetadata().getNamespace()));
  }

  /** What to call the admitted resource that manages the address instead, if there is one. */
  Optional<String> olderClaim(SesAccount account, SmtpCredential credential) {
    return owners
        .olderClaim(credential, other -> admits(account, other))
        .map(owner -> CredentialFacts.nameOf(owner, credential));
  }
}
