package io.sesoperator.faults;

import java.util.List;

/**
 * What came of a run.
 *
 * @param struck whether the fault found its step
 * @param holds whether SES holds the Secret's value at last
 * @param told whether status says so, with nothing left to do
 * @param effort what that took
 * @param idleEffects calls and status writes of an operator that starts when all is done
 * @param story what happened, to be told if it went wrong
 */
record Verdict(
    Mode mode,
    long seed,
    Point point,
    boolean struck,
    boolean holds,
    boolean told,
    Effort effort,
    int idleEffects,
    String story) {

  /**
   * What a run took.
   *
   * @param changes how often the Secret changed
   * @param faults how often something was done to the operator
   * @param calls the values that were sent to SES, in their order
   * @param settleCalls those that were sent once more to settle a doubt
   * @param corrected whether SES held another value before
   */
  record Effort(
      int changes, int faults, List<Integer> calls, List<Integer> settleCalls, boolean corrected) {

    /** Calls beyond one for each value. */
    int extraCalls() {
      return Math.max(0, calls.size() - changes);
    }

    boolean isBounded() {
      return extraCalls() <= faults && settleCalls.size() <= changes + faults;
    }
  }

  /** Whether everything that is promised was kept. */
  boolean isRight() {
    return holds && told && effort.isBounded() && idleEffects == 0;
  }
}
