package io.sesoperator.controller;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Finalizers;
import io.sesoperator.kube.StatusWriter;
import io.sesoperator.kube.StatusWriter.Written;
import io.sesoperator.plan.NextStatus;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Reconciliation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a turn did: in status, and to everybody who listens. */
final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final NextStatus nextStatus;
  private final StatusWriter statusWriter;
  private final Finalizers finalizers;
  private final List<Consumer<Reconciliation>> listeners;
  private final Clock clock;

  Recorder(
      NextStatus nextStatus,
      StatusWriter statusWriter,
      Finalizers finalizers,
      List<Consumer<Reconciliation>> listeners,
      Clock clock) {
    this.nextStatus = nextStatus;
    this.statusWriter = statusWriter;
    this.finalizers = finalizers;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
  }

  /** The time of this moment, UTC. */
  Instant now() {
    return clock.instant();
  }

  /** The turn as a value; its time is that of its end, after any call. */
  Reconciliation fold(Observation seen, Plan plan, Outcome outcome) {
    Observation now = seen.at(clock.instant());
    return new Reconciliation(now, plan, outcome, nextStatus.after(now, plan, outcome));
  }

  /** Writes what the turn leads to, unless it stands there already. */
  Written<SmtpCredential> write(SmtpCredential credential, Reconciliation turn) {
    return switch (turn.plan()) {
      case Plan.Hold _ -> finalizers.hold(credential);
      case Plan.Release _ -> finalizers.release(credential);
      case Plan.Prepare _,
          Plan.Correct _,
          Plan.Push _,
          Plan.Ask _,
          Plan.LookUp _,
          Plan.Verify _,
          Plan.Revoke _,
          Plan.End _ ->
          writeStatus(credential, turn);
    };
  }

  private Written<SmtpCredential> writeStatus(SmtpCredential credential, Reconciliation turn) {
    return turn.changesStatus()
        ? statusWriter.write(credential, turn.next())
        : new Written.Stored<>(credential);
  }

  /** Whether nothing that is found from this version could be written any more. */
  boolean isOvertaken(SmtpCredential read) {
    return statusWriter.isOvertaken(read);
  }

  /** What is only told, an Event above all, must never hold up what is done. */
  void tell(Reconciliation turn) {
    listeners.forEach(listener -> tell(listener, turn));
  }

  private static void tell(Consumer<Reconciliation> listener, Reconciliation turn) {
    try {
      listener.accept(turn);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("namespace", turn.seen().subject().namespace())
          .addKeyValue("name", turn.seen().subject().name())
          .setCause(e)
          .log("A listener failed");
    }
  }
}
