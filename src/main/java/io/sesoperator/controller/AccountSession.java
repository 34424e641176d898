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
  record AccountStanding(CallBudget budget, Breaker breaker, SenderSnapshot senders, Asks asks) {

    /** Learns from what came of a push, and tells how the caller has to take it. */
    Outcome learn(Caller caller, Outcome outcome) {
      if (outcome instanceof Outcome.Throttled) {
        budget.throttled();
      }
      return breaker.learn(caller, outcome);
    }

    /** Forgets a caller that is gone. */
    void forget(Caller caller) {
      budget.withdraw(caller);
      breaker.forget(caller);
      asks.forget(caller);
    }
  }

  CallBudget budget() {
    return standing.budget();
  }
}
