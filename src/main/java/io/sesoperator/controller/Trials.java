package io.sesoperator.controller;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds a resource that would call SES for an account, were it not for the account's trouble: the
 * one that tries whether it is over. By chance, so that no unlucky one tries again and again.
 */
record Trials(CredentialIndex index, Observer observer, Planner planner, RandomGenerator random) {

  Optional<SmtpCredential> find(String account, Instant now) {
    List<SmtpCredential> willing =
        index.byAccount(account).stream().filter(credential -> wouldCall(credential, now)).toList();
    return willing.isEmpty()
        ? Optional.empty()
        : Optional.of(willing.get(random.nextInt(willing.size())));
  }

  private boolean wouldCall(SmtpCredential credential, Instant now) {
    Observation seen = observer.observe(credential, now).inTrial();
    return planner.plan(seen) instanceof Plan.Effect;
  }
}
