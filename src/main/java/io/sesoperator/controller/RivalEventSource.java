package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.AddressOwners;
import java.util.Set;

/**
 * Wakes the other resources with the same address when one appears, changes or goes: the oldest
 * that is left manages it.
 */
final class RivalEventSource extends AbstractEventSource<Void, SmtpCredential>
    implements ResourceEventAware<SmtpCredential> {

  private final CredentialIndex index;

  RivalEventSource(CredentialIndex index) {
    super(Void.class, "rivals");
    this.index = index;
  }

  @Override
  public void onResourceCreated(SmtpCredential credential) {
    wakeRivals(credential);
  }

  @Override
  public void onResourceUpdated(SmtpCredential credential, SmtpCredential earlier) {
    if (credential.isMarkedForDeletion() && !earlier.isMarkedForDeletion()) {
      wakeRivals(credential);
    }
  }

  @Override
  public void onResourceDeleted(SmtpCredential credential) {
    wakeRivals(credential);
  }

  @Override
  public Set<Void> getSecondaryResources(SmtpCredential credential) {
    return Set.of();
  }

  private void wakeRivals(SmtpCredential credential) {
    index.byClaim(AddressOwners.claim(credential)).stream()
        .map(ResourceID::fromResource)
        .filter(other -> !other.equals(ResourceID.fromResource(credential)))
        .forEach(other -> getEventHandler().handleEvent(new Event(other)));
  }
}
