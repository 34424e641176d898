package io.sesoperator.ses;

import io.sesoperator.plan.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of asking SES for its senders. */
public sealed interface SenderListing {

  /** How far our clock is ahead of SES's, to about a second; absent when no answer came. */
  Optional<Duration> clockSkew();

  /** All senders of the account in its region, in the order of SES. */
  record Listed(List<Sender> senders, Outcome.Answer answer, Optional<Duration> clockSkew)
      implements SenderListing {
    public Listed {
      senders = List.copyOf(senders);
    }
  }

  /** SES did not list them; {@code outcome} says why. */
  record Unlisted(Outcome outcome, Optional<Duration> clockSkew) implements SenderListing {}
}
