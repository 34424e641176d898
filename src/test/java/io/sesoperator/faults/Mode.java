package io.sesoperator.faults;

import java.util.List;
import java.util.Locale;

/** What happens to an operator whose steps stand still. */
enum Mode {
  /** It dies, and another one starts. */
  KILL,
  /** It dies, and so does the next one, at another step. */
  KILL_TWICE,
  /** The connection of the step ends, and the operator lives on. */
  CUT,
  /** Another one leads for a while; then it goes on, and does not know of that at first. */
  PAUSE,
  /** The same, until the other one believes that no older request can arrive any more. */
  LONG_PAUSE;

  /**
   * Those after which everything must be right. A leader that wakes up after a long pause, between
   * the read of a password and the call, sends an old password, and nobody expects that any more.
   */
  static final List<Mode> PROMISED = List.of(KILL, KILL_TWICE, CUT, PAUSE);

  /** Whether operators take turns by the Lease. */
  boolean electsLeaders() {
    return switch (this) {
      case KILL, KILL_TWICE, CUT -> false;
      case PAUSE, LONG_PAUSE -> true;
    };
  }

  static Mode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
