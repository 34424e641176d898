package io.sesoperator.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.util.function.BooleanSupplier;

/**
 * Counts what the operator does, by kind and never by resource: the number of series does not grow
 * with the cluster.
 */
final class OperatorMetrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Counts a push by its outcome. */
  void count(Reconciliation turn) {
    switch (turn.plan()) {
      case Plan.Push _ ->
          registry.counter("ses.operator.pushes", "outcome", label(turn.outcome())).increment();
      case Plan.Prepare _, Plan.End _ -> {}
    }
  }

  void leading(BooleanSupplier leading) {
    Gauge.builder("ses.operator.leading", () -> leading.getAsBoolean() ? 1 : 0)
        .description("Whether this replica acts")
        .register(registry);
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
    };
  }
}
