package io.sesoperator.controller;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.StatusWriter.Written.Stale;
import io.sesoperator.kube.StatusWriter.Written.Stored;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Plan;
import io.sesoperator.plan.Planner;
import io.sesoperator.plan.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way of one password: observe, plan, apply, record, until the plan ends the pass. */
@ControllerConfiguration(name = "smtpcredential", triggerReconcilerOnAllEvents = true)
public final class SmtpCredentialReconciler implements Reconciler<SmtpCredential> {

  /** Hold, prepare, push and end are four; the fifth is for a Secret that changes in between. */
  private static final int MOST_TURNS = 5;

  /** Until the cache has what somebody else wrote. */
  private static final Duration CATCH_UP = Duration.ofMillis(200);

  private final Observer observer;
  private final Planner planner;
  private final Applier applier;
  private final Recorder recorder;
  private final EventSources eventSources;

  SmtpCredentialReconciler(
      Observer observer,
      Planner planner,
      Applier applier,
      Recorder recorder,
      EventSources eventSources) {
    this.observer = observer;
    this.planner = planner;
    this.applier = applier;
    this.recorder = recorder;
    this.eventSources = eventSources;
  }

  @Override
  public UpdateControl<SmtpCredential> reconcile(
      SmtpCredential read, Context<SmtpCredential> context) {
    if (context.isPrimaryResourceDeleted()) {
      applier.forget(read);
      eventSources.deleted(read);
      return UpdateControl.noUpdate();
    }
    if (recorder.isOvertaken(read)) {
      return lookAgainIn(CATCH_UP); // or the same call would be made once more
    }
    SmtpCredential credential = read;
    Observation seen = observer.observe(credential, recorder.now());
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Plan plan = planner.plan(seen);
      Outcome outcome = applier.apply(seen, plan);
      Reconciliation done = recorder.fold(seen, plan, outcome);
      switch (recorder.write(credential, done)) {
        case Stored<SmtpCredential>(SmtpCredential stored) ->
            credential = remember(stored, credential, context);
        case Stale<SmtpCredential> _ -> {
          return lookAgainIn(CATCH_UP);
        }
      }
      recorder.tell(done);
      if (done.endsPass()) {
        return lookAgainAt(done.wakeTime(), done.seen().now());
      }
      seen = done.after();
    }
    return lookAgainIn(CATCH_UP);
  }

  /**
   * The next pass should not start from an older status than the one just written. It still may:
   * JOSDK 5.2 forgets this version when the watch delivers an older one (ControllerEventSource does
   * not compare versions).
   */
  private static SmtpCredential remember(
      SmtpCredential stored, SmtpCredential before, Context<SmtpCredential> context) {
    context
        .eventSourceRetriever()
        .getControllerEventSource()
        .handleRecentResourceUpdate(ResourceID.fromResource(stored), stored, before);
    return stored;
  }

  private static UpdateControl<SmtpCredential> lookAgainAt(Optional<Instant> time, Instant now) {
    return time.map(wake -> lookAgainIn(Duration.between(now, wake)))
        .orElseGet(UpdateControl::noUpdate);
  }

  private static UpdateControl<SmtpCredential> lookAgainIn(Duration delay) {
    return UpdateControl.<SmtpCredential>noUpdate().rescheduleAfter(Math.max(1, delay.toMillis()));
  }

  @Override
  public List<EventSource<?, SmtpCredential>> prepareEventSources(
      EventSourceContext<SmtpCredential> context) {
    return eventSources.ofCredentials(context.getPrimaryCache());
  }
}
