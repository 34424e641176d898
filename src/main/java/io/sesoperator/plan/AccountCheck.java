package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Outcome.Answer;
import java.time.Duration;
import java.util.Optional;

/** What came of asking SES for an account's senders. */
public sealed interface AccountCheck {

  /** SES answered, so the credentials work. */
  record Listed(int senders, Answer answer) implements AccountCheck {}

  /** The credentials work but may not list senders; everything else may still be allowed. */
  record NotPermitted(Answer answer) implements AccountCheck {}

  /**
   * Somebody must act before the account is usable.
   *
   * @param answer absent if SES was not even asked
   * @param clockSkew our clock minus SES's, if an answer told
   */
  record Unusable(Reason reason, Optional<Answer> answer, Optional<Duration> clockSkew)
      implements AccountCheck {}

  /** No usable answer for now. */
  record Unanswered(Reason reason, Answer answer) implements AccountCheck {}
}
