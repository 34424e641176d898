package io.sesoperator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the operator knows of the account.
 *
 * @param observedGeneration the last generation that reached a verdict; -1 before the first
 * @param senders how many sender addresses the account has
 * @param checkedAt the ListEmailAddress that the rest of this status comes from, UTC; not written
 *     again while nothing else changes
 * @param clockSkewSeconds our clock minus SES's, when it matters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SesAccountStatus(
    Long observedGeneration,
    List<Condition> conditions,
    Optional<Integer> senders,
    Optional<Instant> checkedAt,
    Optional<LastCall> lastCall,
    Optional<Long> clockSkewSeconds) {

  /** The status of an account that nobody has looked at yet. */
  public static final SesAccountStatus NONE =
      new SesAccountStatus(
          -1L, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public SesAccountStatus {
    observedGeneration = Defaults.value(observedGeneration, -1L);
    conditions = Defaults.list(conditions);
    senders = Defaults.value(senders, Optional.empty());
    checkedAt = Defaults.value(checkedAt, Optional.empty());
    lastCall = Defaults.value(lastCall, Optional.empty());
    clockSkewSeconds = Defaults.value(clockSkewSeconds, Optional.empty());
  }

  /** The condition of this type, if it is there. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
