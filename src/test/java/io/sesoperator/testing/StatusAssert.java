package io.sesoperator.testing;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a credential's status tells its owner, all conditions together. */
public final class StatusAssert extends AbstractAssert<StatusAssert, SmtpCredentialStatus> {

  private static final Set<String> OF_KSTATUS =
      Set.of(Condition.READY, Condition.RECONCILING, Condition.STALLED);

  private StatusAssert(SmtpCredentialStatus status) {
    super(status, StatusAssert.class);
  }

  public static StatusAssert assertThatStatus(SmtpCredentialStatus status) {
    return new StatusAssert(status);
  }

  /** Ready is True, SES holds the value, and nothing is left to do. */
  public StatusAssert isApplied() {
    conditions(List.of("Ready=True/Applied"));
    Assertions.assertThat(actual.pending()).as("pending").isEmpty();
    Assertions.assertThat(actual.applied()).as("applied").isPresent();
    Assertions.assertThat(actual.failures()).as("failures").isZero();
    return this;
  }

  /** Somebody must act, and nothing happens before. */
  public StatusAssert isStalled(Reason reason) {
    conditions(List.of("Ready=False/" + reason.wire(), "Stalled=True/" + reason.wire()));
    Assertions.assertThat(actual.nextAttemptTime()).as("next attempt").isEmpty();
    return this;
  }

  /** Something is missing that may come any time. */
  public StatusAssert isWaiting(Reason reason) {
    conditions(List.of("Ready=False/" + reason.wire(), "Reconciling=True/ProgressingWithRetry"));
    return this;
  }

  /** An attempt failed, and status tells when the next one is. */
  public StatusAssert isRetrying(Reason reason) {
    isWaiting(reason);
    Assertions.assertThat(actual.nextAttemptTime()).as("next attempt").isPresent();
    Assertions.assertThat(actual.nextReason()).isEqualTo(Optional.of("Backoff"));
    Assertions.assertThat(actual.failures()).as("failures").isPositive();
    return this;
  }

  /** Work is going on, or waits for its turn. */
  public StatusAssert isProgressing(Reason reason) {
    conditions(List.of("Ready=Unknown/" + reason.wire(), "Reconciling=True/" + reason.wire()));
    return this;
  }

  /** The message has each of these parts, and so have all conditions. */
  public StatusAssert says(String... parts) {
    for (Condition condition : actual.conditions()) {
      if (OF_KSTATUS.contains(condition.type())) {
        Assertions.assertThat(condition.message()).contains(parts);
      }
    }
    return this;
  }

  private void conditions(List<String> expected) {
    Assertions.assertThat(actual.conditions())
        .filteredOn(condition -> OF_KSTATUS.contains(condition.type()))
        .extracting(
            condition -> condition.type() + "=" + condition.status() + "/" + condition.reason())
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
