package io.sesoperator.controller;

import io.sesoperator.plan.Outcome;
import io.sesoperator.ses.Breaker;
import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.CallBudget.Caller;
import io.sesoperator.ses.PasswordSetter;
import io.sesoperator.ses.SenderDirectory;

/**
 * All that belongs to one account while the operator runs: its two doors to SES, and what is known
 * of how often and whether it may be called.
 */
record AccountSession(SenderDirectory directory, PasswordSetter setter, AccountStanding standing) {

  /** What outlives a change of the account's spec. */
  record AccountStanding(CallBudget budget, Breaker breaker) {

    /** Learns from what came of a push. */
    void learn(Caller caller, Outcome outcome) {
      if (outcome instanceof Outcome.Throttled) {
        budget.throttled();
      }
      breaker.learn(caller, outcome);
    }
  }

  CallBudget budget() {
    return standing.budget();
  }
}
