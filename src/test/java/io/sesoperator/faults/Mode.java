package io.sesoperator.faults;

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
