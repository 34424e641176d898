package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.plan.Interval;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The resources of an account, as far as they decide when it is called. */
record Dependents(
    CredentialIndex index, Observer observer, Planner planner, RandomGenerator random) {

  /**
   * One that would call SES, were it not for the account's trouble: it tries whether that is over.
   * By chance, so that no unlucky one tries again and again.
   */
  Optional<SmtpCredential> whoTries(SesAccount account, Instant now) {
    List<SmtpCredential> willing =
        of(account).stream().filter(credential -> wouldCall(credential, now)).toList();
    return willing.isEmpty()
        ? Optional.empty()
        : Optional.of(willing.get(random.nextInt(willing.size())));
  }

  /**
   * Until the senders are listed again: as often as the most demanding resource wants, which serves
   * all others as well; a tenth more or less.
   */
  Duration nextList(SesAccount account) {
    Duration interval =
        of(account).stream()
            .map(SmtpCredential::getSpec)
            .filter(spec -> !spec.ignoresDrift() && !spec.suspend())
            .map(spec -> Interval.of(spec.interval()))
            .min(Comparator.naturalOrder())
            .orElse(Interval.STANDARD);
    return Interval.spread(interval, random);
  }

  private List<SmtpCredential> of(SesAccount account) {
    return index.byAccount(account.getMetadata().getName());
  }

  private boolean wouldCall(SmtpCredential credential, Instant now) {
    Observation seen = observer.observe(credential, now).inTrial();
    return switch (planner.plan(seen)) {
      case Plan.Prepare _, Plan.Correct _, Plan.Push _, Plan.Hold _, Plan.Revoke _ -> true;
      case Plan.LookUp _, Plan.Ask _, Plan.Verify _, Plan.Release _, Plan.End _ -> false;
    };
  }
}
