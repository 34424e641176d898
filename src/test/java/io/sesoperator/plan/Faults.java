package io.sesoperator.plan;

import java.time.Duration;
import java.util.Optional;

/** Decides what goes wrong; steps, calls and passes are counted from 0. */
interface Faults {
  /** What happens to a request. */
  enum Fate {
    ANSWERED,
    /** SES carries it out, and once more when its signature is about to expire. */
    ANSWERED_AND_REPEATED,
    THROTTLED,
    NEVER_ARRIVES,
    ANSWER_LOST,
    ARRIVES_LATE,
    ARRIVES_LAST,
    ARRIVES_TWICE;

    boolean isAnswered() {
      return this == ANSWERED || this == ANSWERED_AND_REPEATED || this == THROTTLED;
    }

    boolean arrivesAtOnce() {
      return switch (this) {
        case ANSWERED, ANSWERED_AND_REPEATED, ANSWER_LOST, ARRIVES_TWICE -> true;
        case THROTTLED, NEVER_ARRIVES, ARRIVES_LATE, ARRIVES_LAST -> false;
      };
    }

    Optional<Duration> arrivesAfter() {
      return switch (this) {
        case ARRIVES_LATE -> Optional.of(Duration.ofSeconds(40));
        case ARRIVES_LAST, ARRIVES_TWICE, ANSWERED_AND_REPEATED ->
            Optional.of(Duration.ofSeconds(299));
        case ANSWERED, THROTTLED, NEVER_ARRIVES, ANSWER_LOST -> Optional.empty();
      };
    }
  }

  boolean crashesAt(int step);

  Fate ofCall(int call, boolean operatorDies);

  boolean readsStaleStatusIn(int pass);

  /** The next value of the Secret, if it changes at this step. */
  Optional<String> rotatesAt(int step);

  /** The next value of the Secret when nothing goes on any more. */
  Optional<String> rotatesWhenIdle();
}
