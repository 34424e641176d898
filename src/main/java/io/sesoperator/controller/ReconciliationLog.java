package io.sesoperator.controller;

import io.sesoperator.api.Condition;
import io.sesoperator.api.LastCall;
import io.sesoperator.plan.Observation.Subject;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The one log line of a turn that did something or changed what status says. */
public final class ReconciliationLog {

  private static final Logger LOG = LoggerFactory.getLogger(ReconciliationLog.class);

  /** Logs this turn, at INFO if it mattered. */
  public void log(Reconciliation turn) {
    if (turn.changesStatus() || turn.plan() instanceof Plan.Effect) {
      line(LOG.atInfo(), turn).log("Reconciled");
      return;
    }
    line(LOG.atDebug(), turn).log("Nothing to do");
  }

  private static LoggingEventBuilder line(LoggingEventBuilder line, Reconciliation turn) {
    Subject subject = turn.seen().subject();
    Optional<Condition> ready = turn.next().condition(Condition.READY);
    return line.addKeyValue("namespace", subject.namespace())
        .addKeyValue("name", subject.name())
        .addKeyValue("account", turn.seen().spec().accountRef().name())
        .addKeyValue("address", turn.seen().spec().emailAddress())
        .addKeyValue("action", turn.plan().getClass().getSimpleName())
        .addKeyValue("outcome", turn.outcome().getClass().getSimpleName())
        .addKeyValue("ready", ready.map(Condition::status).orElse(""))
        .addKeyValue("reason", ready.map(Condition::reason).orElse(""))
        .addKeyValue("requestId", requestId(turn))
        .addKeyValue("nextAttempt", turn.wakeTime().map(Object::toString).orElse(""));
  }

  private static String requestId(Reconciliation turn) {
    return switch (turn.plan()) {
      case Plan.Ask _ when !turn.changesStatus() -> "";
      case Plan.Push _, Plan.Ask _, Plan.Revoke _ ->
          turn.next().lastCall().flatMap(LastCall::requestId).orElse("");
      case Plan.Prepare _,
          Plan.Correct _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Hold _,
          Plan.Release _,
          Plan.End _ ->
          "";
    };
  }
}
