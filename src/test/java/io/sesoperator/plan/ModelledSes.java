package io.sesoperator.plan;

import io.sesoperator.api.Reason;
import io.sesoperator.plan.Evidence.ListedSender;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Effect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * SES as far as proof and drift can see it: senders, when each was made, and passwords, of which a
 * new one takes a while to work and the old one works until then.
 */
final class ModelledSes {

  /** Longer than any test: what was accepted is never served. */
  static final Duration NEVER = Duration.ofDays(999);

  private record Setting(String value, Instant works) {}

  private record Mailbox(Instant createdAt, List<Setting> settings) {}

  private final Clock clock;
  private final Map<String, Mailbox> mailboxes = new HashMap<>();
  private Supplier<Duration> propagation = () -> Duration.ZERO;
  int writes;
  int lists;

  ModelledSes(Clock clock) {
    this.clock = clock;
  }

  /** How long each password takes from now on until it works. */
  void propagatesIn(Supplier<Duration> times) {
    propagation = times;
  }

  /** A sender as its owner makes it: without a password. */
  void create(String address) {
    Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    mailboxes.put(address, new Mailbox(created, new ArrayList<>()));
  }

  void delete(String address) {
    mailboxes.remove(address);
  }

  void unset(String address) {
    mailboxes.get(address).settings.clear();
  }

  /** Somebody sets another password in the console. */
  void change(String address, String value) {
    Instant works = clock.instant().plus(propagation.get());
    mailboxes.get(address).settings.add(new Setting(value, works));
  }

  Outcome set(String address, String value) {
    writes++;
    if (!mailboxes.containsKey(address)) {
      return new Outcome.NotYet(Reason.SENDER_NOT_FOUND, answer(Optional.of("NoSuchSender")));
    }
    if (accepted(address).equals(Optional.of(value))) {
      return new Outcome.Done(Effect.UNCHANGED, answer(Optional.of("RepeatPassWord")));
    }
    change(address, value);
    return new Outcome.Done(Effect.CHANGED, answer(Optional.empty()));
  }

  private static Answer answer(Optional<String> code) {
    return new Answer("Push", code, Optional.of("req-9"));
  }

  LoginVerdict login(String address, String value) {
    return serves(address, value) ? LoginVerdict.ACCEPTED : LoginVerdict.REFUSED;
  }

  /** Whether mail programs get in with this value at this moment. */
  boolean serves(String address, String value) {
    return served(address).filter(setting -> setting.value.equals(value)).isPresent();
  }

  /** Since when they get in with what they get in with now. */
  Instant servedSince(String address) {
    return served(address).orElseThrow().works;
  }

  private Optional<Setting> served(String address) {
    return settings(address).stream()
        .filter(setting -> !setting.works.isAfter(clock.instant()))
        .reduce((_, later) -> later);
  }

  /** The password that was set last, whether or not it works yet. */
  Optional<String> accepted(String address) {
    return settings(address).stream().reduce((_, later) -> later).map(Setting::value);
  }

  Map<String, ListedSender> list() {
    lists++;
    Map<String, ListedSender> senders = new HashMap<>();
    mailboxes.forEach((address, mailbox) ->
        senders.put(
            address,
            new ListedSender(
                Optional.of(!mailbox.settings.isEmpty()), Optional.of(mailbox.createdAt))));
    return senders;
  }

  private List<Setting> settings(String address) {
    return Optional.ofNullable(mailboxes.get(address)).map(Mailbox::settings).orElse(List.of());
  }
}
