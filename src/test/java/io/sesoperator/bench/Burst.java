package io.sesoperator.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one burst of changes took.
 *
 * @param fromFirstEdit from before the first Secret was sent until SES accepted the last password
 * @param fromLastEdit the same from when the API server had taken the last Secret
 * @param refused how many calls SES said were too many
 * @param slots how each slot of the budget spent its time, without those that were free at first
 * @param load the machine's load average at the end
 */
record Burst(
    Duration fromFirstEdit, Duration fromLastEdit, long refused, List<SlotUse> slots, double load) {

  /**
   * The use of one slot by one call.
   *
   * @param turnAround from when it was free until the API server was asked for the Secret: the
   *     budget's timer, the event, the pass that it causes
   * @param preparation until the call was at SES: the Secret and the account's keys read, signed,
   *     sent
   * @param answer until SES had decided
   */
  record SlotUse(Duration turnAround, Duration preparation, Duration answer) {}
}
