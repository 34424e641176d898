package io.sesoperator.faults;

/**
 * A new value of a Secret.
 *
 * @param value its number in {@link Values}
 */
record Change(int value, Time time) {

  /** When it is written. */
  sealed interface Time {}

  /** Before anything else. */
  record AtFirst() implements Time {}

  /** When the first operator comes by a point, before the fault. */
  record BeforeTheFault(Point point) implements Time {}

  /** While all stands still. */
  record StandingStill() implements Time {}

  /** While no operator is there, or the one that was is paused. */
  record Meanwhile() implements Time {}

  /** When the operator that goes on comes by a point. */
  record AfterTheFault(Point point) implements Time {}

  /** When all is quiet, as is any change whose point is not come by. */
  record AtLast() implements Time {}
}
