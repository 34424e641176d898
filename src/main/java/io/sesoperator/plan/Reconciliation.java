package io.sesoperator.plan;

import io.sesoperator.api.SmtpCredentialStatus;

/**
 * One turn as a value: what was seen, what was decided, what came of it, and the status that
 * follows. Events, metrics and the log line are made from it.
 */
public record Reconciliation(
    Observation seen, Plan plan, Outcome outcome, SmtpCredentialStatus next) {

  /** Whether this turn changed what status says. */
  public boolean changesStatus() {
    return !next.equals(seen.status());
  }

  /** Whether this turn was the last of its pass. */
  public boolean endsPass() {
    return plan instanceof Plan.End;
  }
}
