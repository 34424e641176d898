package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.sesoperator.api.SmtpCredential;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Wakes a resource that was made under the name of one that was deleted in the middle of its pass.
 * JOSDK 5.2 forgets what it heard of such a resource when it has told of the deletion
 * (EventProcessor.eventProcessingFinished).
 */
final class SuccessorEventSource extends AbstractEventSource<Void, SmtpCredential> {

  /** By then JOSDK has forgotten the deleted one, so that this event is not forgotten with it. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private final CredentialIndex index;
  private final Function<Duration, Executor> after;

  SuccessorEventSource(CredentialIndex index, Function<Duration, Executor> after) {
    super(Void.class, "successors");
    this.index = index;
    this.after = after;
  }

  /** Looks for a successor of a resource that is gone. */
  void deleted(SmtpCredential gone) {
    ResourceID name = ResourceID.fromResource(gone);
    after.apply(LATER).execute(() -> index.find(name).ifPresent(this::wake));
  }

  @Override
  public Set<Void> getSecondaryResources(SmtpCredential credential) {
    return Set.of();
  }

  // Only an event of the resource itself makes JOSDK remember one that it does not know.
  private void wake(SmtpCredential successor) {
    if (isRunning()) {
      ResourceID name = ResourceID.fromResource(successor);
      getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, name, successor));
    }
  }
}
