package io.sesoperator.controller;

import io.sesoperator.plan.Reconciliation;

/**
 * What was done to resources lately and status does not remember.
 *
 * @param values when new values were pushed, or somebody asked for a push
 * @param corrections when drift was corrected
 */
record History(RecentChanges values, RecentChanges corrections) {

  static History empty() {
    return new History(RecentChanges.ofValues(), RecentChanges.ofCorrections());
  }

  void note(Reconciliation turn) {
    values.note(turn);
    corrections.note(turn);
  }
}
