package io.sesoperator.demo;

/** Something that had to happen did not; the message says what, and what was there instead. */
final class StepNotSeen extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String step;

  StepNotSeen(String step, String instead) {
    super("Expected: \"%s\". Seen instead: %s.".formatted(step, instead));
    this.step = step;
  }

  /** What had to happen, in a few words. */
  String step() {
    return step;
  }
}
