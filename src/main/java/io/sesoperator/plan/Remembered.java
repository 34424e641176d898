package io.sesoperator.plan;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.Listing;
import io.sesoperator.plan.Evidence.Login;
import io.sesoperator.plan.Evidence.LoginVerdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a status tells of the evidence that an operator has in its memory, for somebody who is not
 * that operator.
 */
public final class Remembered {

  private Remembered() {}

  /**
   * The evidence.
   *
   * @param checkedAt when the account's senders were listed, as far as its status tells
   */
  public static Evidence of(
      SmtpCredentialStatus status, Optional<Instant> checkedAt, Instant now, Policy policy) {
    return new Evidence(
        now,
        listing(status, checkedAt),
        login(status),
        false,
        Optional.empty(),
        corrections(status, policy));
  }

  private static Optional<Listing> listing(
      SmtpCredentialStatus status, Optional<Instant> checkedAt) {
    Stream<Instant> drifted =
        drift(status)
            .filter(drift -> !drift.reason().equals(Reason.LOGIN_REFUSED.wire()))
            .map(Condition::lastTransitionTime)
            .stream();
    return Stream.concat(checkedAt.stream(), drifted)
        .max(Instant::compareTo)
        .flatMap(time -> status.sender().map(sender -> new Listing(time, listed(sender))));
  }

  private static Optional<ListedSender> listed(SmtpCredentialStatus.Sender sender) {
    return sender.exists()
        ? Optional.of(new ListedSender(sender.passwordSet(), sender.createdAt()))
        : Optional.empty();
  }

  private static Optional<Login> login(SmtpCredentialStatus status) {
    return drift(status)
        .filter(drift -> drift.reason().equals(Reason.LOGIN_REFUSED.wire()))
        .flatMap(
            drift -> status.applied().map(applied -> refusal(drift.lastTransitionTime(), applied)));
  }

  private static Login refusal(Instant time, Applied applied) {
    return new Login(
        time,
        applied.time(),
        LoginVerdict.REFUSED,
        "",
        Proof.REFUSALS,
        time.minus(Proof.REFUSED_FOR));
  }

  private static Optional<Condition> drift(SmtpCredentialStatus status) {
    return status.condition(Condition.DRIFTED).filter(Condition::holds);
  }

  private static List<Instant> corrections(SmtpCredentialStatus status, Policy policy) {
    return status
        .condition(Condition.STALLED)
        .filter(stalled -> stalled.reason().equals(Reason.CONTENDED.wire()))
        .map(stalled ->
            Collections.nCopies(policy.correctionsPerHour(), stalled.lastTransitionTime()))
        .orElse(List.of());
  }
}
