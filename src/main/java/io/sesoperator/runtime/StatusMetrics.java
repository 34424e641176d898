package io.sesoperator.runtime;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Shows what stands in the statuses that this replica knows, at the moment of a scrape: no series
 * outlives its resource. A standby watches nothing and shows nothing.
 */
final class StatusMetrics {

  private static final List<Reason> REFUSAL = List.of(Reason.LOGIN_REFUSED);
  private static final List<Reason> DRIFT =
      List.of(
          Reason.SENDER_MISSING,
          Reason.SENDER_RECREATED,
          Reason.PASSWORD_UNSET,
          Reason.LOGIN_REFUSED);

  private final PrometheusMeterRegistry registry;
  private final Supplier<List<SmtpCredential>> credentials;
  private final Supplier<List<SesAccount>> accounts;
  private final Clock clock;
  private final MultiGauge byReason;
  private final MultiGauge drifted;
  private final MultiGauge unverified;
  private final MultiGauge oldestPending;
  private final MultiGauge accountReady;
  private final Optional<MultiGauge> credentialReady;

  /** Of these resources, as they are known at each scrape. */
  StatusMetrics(
      PrometheusMeterRegistry registry,
      Supplier<List<SmtpCredential>> credentials,
      Supplier<List<SesAccount>> accounts,
      boolean ofEachResource,
      Clock clock) {
    this.registry = registry;
    this.credentials = credentials;
    this.accounts = accounts;
    this.clock = clock;
    this.byReason = gauge("credentials", "Credentials by their condition Ready");
    this.drifted = gauge("credentials.drifted", "Credentials whose value SES has lost, by reason");
    this.unverified =
        gauge("credentials.unverified", "Credentials that a login refuses, by reason");
    this.oldestPending =
        gauge("oldest.pending.seconds", "For how long the oldest change has not reached SES");
    this.accountReady = gauge("account.ready", "Whether SES takes the account's credentials");
    this.credentialReady =
        Optional.of("credential.ready")
            .filter(_ -> ofEachResource)
            .map(name -> gauge(name, "Whether SES holds the value in the Secret"));
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder("ses.operator." + name).description(description).register(registry);
  }

  /** All metrics, of what is known now. */
  synchronized String scrape() {
    List<SmtpCredential> known = credentials.get();
    byReason.register(counted(known.stream().map(StatusMetrics::readiness), List.of()), true);
    drifted.register(counted(reasons(known, Condition.DRIFTED, "True"), DRIFT), true);
    unverified.register(counted(reasons(known, Condition.VERIFIED, "False"), REFUSAL), true);
    oldestPending.register(List.of(Row.of(Tags.empty(), oldestPending(known))), true);
    accountReady.register(
        accounts.get().stream()
            .<Row<?>>map(it -> Row.of(Tags.of("account", name(it)), one(isReady(it))))
            .toList(),
        true);
    credentialReady.ifPresent(
        gauge -> gauge.register(known.stream().<Row<?>>map(StatusMetrics::row).toList(), true));
    return registry.scrape();
  }

  /** How many there are of each; of these reasons also if there are none. */
  private static List<Row<?>> counted(Stream<Tags> tags, List<Reason> always) {
    Map<Tags, Long> counts = tags.collect(groupingBy(it -> it, counting()));
    always.forEach(reason -> counts.putIfAbsent(Tags.of("reason", reason.wire()), 0L));
    return counts.entrySet().stream()
        .<Row<?>>map(entry -> Row.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Tags readiness(SmtpCredential credential) {
    Optional<Condition> ready = credential.statusOrNone().condition(Condition.READY);
    return Tags.of(
        "ready", ready.map(Condition::status).orElse("Unknown"),
        "reason", ready.map(StatusMetrics::reason).orElse("New"));
  }

  private static Stream<Tags> reasons(List<SmtpCredential> known, String type, String status) {
    return known.stream()
        .flatMap(it -> it.statusOrNone().condition(type).stream())
        .filter(condition -> condition.status().equals(status))
        .map(condition -> Tags.of("reason", reason(condition)));
  }

  /** A word of ours, whatever others may have written into a status. */
  private static String reason(Condition condition) {
    return Reason.fromWire(condition.reason()).map(Reason::wire).orElse("Other");
  }

  private double oldestPending(List<SmtpCredential> known) {
    return known.stream()
        .map(SmtpCredential::statusOrNone)
        .flatMap(status -> status.pending().stream())
        .map(SmtpCredentialStatus.Pending::since)
        .min(Comparator.naturalOrder())
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0))
        .orElse(0.0);
  }

  private static Row<?> row(SmtpCredential credential) {
    Tags tags =
        Tags.of("namespace", credential.getMetadata().getNamespace(), "name", name(credential));
    boolean ready =
        credential.statusOrNone().condition(Condition.READY).filter(Condition::holds).isPresent();
    return Row.of(tags, one(ready));
  }

  private static boolean isReady(SesAccount account) {
    return account.statusOrNone().condition(Condition.READY).filter(Condition::holds).isPresent();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static int one(boolean holds) {
    return holds ? 1 : 0;
  }
}
