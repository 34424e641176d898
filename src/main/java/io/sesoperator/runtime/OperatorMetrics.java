package io.sesoperator.runtime;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.CallBudget.Load;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Counts what the operator does, by kind or by account and never by resource: the number of series
 * does not grow with the cluster.
 */
final class OperatorMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Counts a push or a revocation by its outcome. */
  void count(Reconciliation turn) {
    switch (turn.plan()) {
      case Plan.Push _ ->
          registry.counter("ses.operator.pushes", "outcome", label(turn.outcome())).increment();
      case Plan.Revoke _ ->
          registry
              .counter("ses.operator.revocations", "outcome", label(turn.outcome()))
              .increment();
      case Plan.Ask _ ->
          registry.counter("ses.operator.checks", "outcome", label(turn.outcome())).increment();
      case Plan.Prepare _,
          Plan.Correct _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Hold _,
          Plan.Release _,
          Plan.End _ -> {}
    }
    if (turn.corrects()) {
      registry.counter("ses.operator.corrections").increment();
    }
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

  String scrape() {
    return registry.scrape();
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
