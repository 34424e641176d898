package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.Evidence;
import io.sesoperator.plan.Evidence.Listing;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells what SES was seen to say by itself about a credential: by the account's last list of
 * senders, by the last login, by its answer when it was asked, and by what was corrected since.
 */
record EvidenceCheck(AccountSessions sessions, Logins logins, RecentChanges corrections) {

  /**
   * What is known by now.
   *
   * @param account the one that the spec names, if there is one
   */
  Evidence of(SmtpCredential credential, Optional<SesAccount> account, Instant now) {
    String uid = credential.getMetadata().getUid();
    return new Evidence(
        logins.since(now),
        account.flatMap(known -> listing(known, credential)),
        logins.last(uid),
        logins.isUnderWay(uid),
        account.flatMap(
            known -> sessions.standing(known).asks().last(AccessCheck.caller(credential))),
        corrections.of(uid));
  }

  private Optional<Listing> listing(SesAccount account, SmtpCredential credential) {
    return sessions.standing(account).senders().of(credential.getSpec().emailAddress());
  }
}
