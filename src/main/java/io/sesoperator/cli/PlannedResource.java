package io.sesoperator.cli;

import io.sesoperator.api.Reason;
import io.sesoperator.api.Reason.Actor;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.controller.Sighting;
import io.sesoperator.kube.DigestKeys;
import io.sesoperator.plan.Forecast;
import io.sesoperator.plan.Forecast.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One resource and what the operator would do about it.
 *
 * @param operatorNamespace where the operator's digest key was looked for
 */
record PlannedResource(Sighting sighting, Forecast forecast, String operatorNamespace) {

  String namespace() {
    return credential().getMetadata().getNamespace();
  }

  String name() {
    return credential().getMetadata().getName();
  }

  SmtpCredential credential() {
    return sighting.credential();
  }

  Action action() {
    return forecast.action();
  }

  /** Who must act before the password can be set; absent if nobody must. */
  Optional<Actor> actor() {
    return forecast
        .reason()
        .map(Reason::actor)
        .filter(actor -> actor != Actor.NOBODY && action() != Action.NONE);
  }

  /** What was hidden, where what would be done depends on it; else nothing. */
  List<String> unseen() {
    if (action() != Action.UNKNOWN || forecast.reason().isPresent()) {
      return List.of();
    }
    Stream<String> rights = sighting.hidden().stream().map(right -> "no right to " + right);
    boolean noKey =
        !sighting.digestKeySeen()
            && sighting.hidden().stream()
                .noneMatch(right -> right.name().equals(Optional.of(DigestKeys.SECRET)));
    return Stream.concat(rights, noKey ? Stream.of(withoutKey()) : Stream.empty()).toList();
  }

  private String withoutKey() {
    return "no Secret %s in namespace %s; name the operator's namespace by --operator-namespace"
        .formatted(DigestKeys.SECRET, operatorNamespace);
  }

  /** When SES accepted a password of this resource for the last time. */
  Optional<Instant> acceptedAt() {
    return credential().statusOrNone().applied().map(applied -> applied.time());
  }

  /** When a login first proved the password that SES has accepted. */
  Optional<Instant> verifiedAt() {
    return credential().statusOrNone().applied().stream()
        .flatMap(applied ->
            credential().statusOrNone().verified().stream()
                .filter(verified -> verified.revision() == applied.revision())
                .map(verified -> verified.time()))
        .findFirst();
  }

  /** The list of senders that the account's status comes from; there may be later ones. */
  Optional<Instant> sendersListedAt() {
    return sighting.account().flatMap(account -> account.statusOrNone().checkedAt());
  }
}
