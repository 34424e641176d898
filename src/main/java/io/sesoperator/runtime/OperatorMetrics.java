package io.sesoperator.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sesoperator.plan.Evidence.LoginVerdict;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.CallBudget.Load;
import io.sesoperator.ses.SesErrors;
import io.sesoperator.tencent.ApiCall;
import io.sesoperator.tencent.ApiResult;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Counts what the operator does, by kind or by account and never by resource: the number of series
 * does not grow with the cluster. What stands in statuses is the matter of {@link StatusMetrics}.
 * {@code docs/metrics.md} lists all.
 */
final class OperatorMetrics {

  private static final Duration[] BUCKETS =
      Stream.of(50, 100, 250, 500, 1000, 2500, 5000, 15000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  OperatorMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    // What may never happen has a series all the same, so that its first time is an increase.
    Stream.of("Changed", "Unchanged", "Refused", "Ambiguous", "Throttled").forEach(this::pushes);
    Stream.of(LoginVerdict.values()).forEach(this::logins);
    corrections();
    Gauge.builder("ses.operator.build.info", () -> 1)
        .description("Always 1; the version is a label")
        .tags("version", ProgramVersion.current(), "java", Runtime.version().toString())
        .register(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Counts what was done at SES, by its outcome. */
  void count(Reconciliation turn) {
    String outcome = label(turn.outcome());
    switch (turn.plan()) {
      case Plan.Push _ -> pushes(outcome).increment();
      case Plan.Ask _ -> counter("checks", "Questions to SES whether it holds a value", outcome);
      case Plan.Revoke _ -> counter("revocations", "Passwords made worthless", outcome);
      case Plan.Prepare _,
          Plan.Correct _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Hold _,
          Plan.Release _,
          Plan.End _ -> {}
    }
    if (turn.corrects()) {
      corrections().increment();
    }
  }

  /** Counts and times one request to SES. */
  void request(ApiCall call, ApiResult result, Duration took) {
    Counter.builder("ses.operator.requests")
        .description("Requests to SES by action and by the code of the answer")
        .tags("action", call.action(), "code", code(result))
        .register(registry)
        .increment();
    Timer.builder("ses.operator.request.duration")
        .description("How long SES takes to answer")
        .tags("action", call.action())
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(took);
  }

  private static String code(ApiResult result) {
    return switch (result) {
      case ApiResult.ApiResponse _ -> "OK";
      case ApiResult.ApiFailure failed -> SesErrors.family(failed.code());
    };
  }

  /** Counts a login by what it showed. */
  void login(LoginVerdict verdict) {
    logins(verdict).increment();
  }

  private Counter logins(LoginVerdict verdict) {
    return Counter.builder("ses.operator.logins")
        .description("Logins by SMTP")
        .tags("verdict", capitalized(verdict.name()))
        .register(registry);
  }

  private static String capitalized(String constant) {
    return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
  }

  private Counter pushes(String outcome) {
    return Counter.builder("ses.operator.pushes")
        .description("Passwords sent to SES")
        .tags("outcome", outcome)
        .register(registry);
  }

  private Counter corrections() {
    return Counter.builder("ses.operator.corrections")
        .description("Values that SES had lost and was given again")
        .register(registry);
  }

  private void counter(String name, String description, String outcome) {
    Counter.builder("ses.operator." + name)
        .description(description)
        .tags("outcome", outcome)
        .register(registry)
        .increment();
  }

  void leading(BooleanSupplier leading) {
    Gauge.builder("ses.operator.leading", () -> leading.getAsBoolean() ? 1 : 0)
        .description("Whether this replica acts")
        .register(registry);
  }

  /** Shows how busy the budget of an account is, until the account is forgotten. */
  void watch(String account, CallBudget budget) {
    Tags tags = Tags.of("account", account);
    gauge("ses.operator.budget.slots", "Calls a second at present", tags, budget, Load::slots);
    gauge("ses.operator.budget.in.flight", "Calls under way", tags, budget, Load::inFlight);
    gauge("ses.operator.budget.waiting", "Pushes in the queue", tags, budget, Load::waiting);
    FunctionTimer.builder(
            "ses.operator.budget.wait",
            budget,
            it -> it.load().granted(),
            it -> it.load().waited().toMillis(),
            TimeUnit.MILLISECONDS)
        .description("How long pushes were in the queue before their call")
        .tags(tags)
        .register(registry);
  }

  private void gauge(
      String name, String description, Tags tags, CallBudget budget, ToDoubleFunction<Load> value) {
    Gauge.builder(name, budget, it -> value.applyAsDouble(it.load()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /** Takes away the series of an account that is gone. */
  void forget(String account) {
    registry.getMeters().stream()
        .filter(meter -> account.equals(meter.getId().getTag("account")))
        .forEach(registry::remove);
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done.effect().wire();
      case Outcome.Refused _ -> "Refused";
      case Outcome.NotYet _ -> "NotYet";
      case Outcome.AccountTrouble _ -> "AccountTrouble";
      case Outcome.Throttled _ -> "Throttled";
      case Outcome.Ambiguous _ -> "Ambiguous";
      case Outcome.Superseded _ -> "Superseded";
      case Outcome.Deferred _ -> "Deferred";
      case Outcome.NotAttempted _ -> "NotAttempted";
      case Outcome.LookedUp _ -> "LookedUp";
      case Outcome.LoggingIn _ -> "LoggingIn";
    };
  }
}
