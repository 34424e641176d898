package broken.sesoperator.api;

import broken.sesoperator.plan.Clockwork;

/** The wire does not know who decides; and with {@link Clockwork} it makes a cycle. */
public final class Upward {
  Object decides() {
    return new Clockwork();
  }
}
