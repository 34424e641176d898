package io.sesoperator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.kube.SecretName;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Reconciliation;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns a change of a Secret, an account or a namespace into events for the resources that depend
 * on it.
 */
final class EventSources {

  private final CredentialIndex index;
  private final Accounts accounts;
  private final String operatorNamespace;
  private final SimpleInboundEventSource<SmtpCredential> credentialEvents =
      new SimpleInboundEventSource<>("dependencies");
  private final SimpleInboundEventSource<SesAccount> accountEvents =
      new SimpleInboundEventSource<>("credentials");

  EventSources(
      CredentialIndex index, SecretDigests secrets, Accounts accounts, String operatorNamespace) {
    this.index = index;
    this.accounts = accounts;
    this.operatorNamespace = operatorNamespace;
    secrets.onChange(this::secretChanged);
    accounts.onAccountChange(name -> wake(() -> index.byAccount(name)));
    accounts.onNamespaceChange(name -> wake(() -> index.byNamespace(name)));
  }

  List<EventSource<?, SmtpCredential>> ofCredentials(IndexerResourceCache<SmtpCredential> cache) {
    index.attach(cache);
    return List.of(credentialEvents, new RivalEventSource(index));
  }

  List<EventSource<?, SesAccount>> ofAccounts() {
    return List.of(accountEvents);
  }

  /** Has an account checked that SES just refused, instead of waiting for its next check. */
  void recheckAccount(Reconciliation turn) {
    if (turn.outcome() instanceof Outcome.AccountTrouble) {
      accountEvents.propagateEvent(new ResourceID(turn.seen().spec().accountRef().name()));
    }
  }

  private void secretChanged(SecretName secret) {
    wake(() -> index.bySecret(secret));
    if (secret.namespace().equals(operatorNamespace)) {
      accounts
          .withCredentialsIn(secret.name())
          .map(EventSources::id)
          .forEach(accountEvents::propagateEvent);
    }
  }

  // Before the start, the index has no cache behind it, and nobody
  // needs waking then, as every credential is looked at after the start.
  private void wake(Supplier<List<SmtpCredential>> credentials) {
    if (credentialEvents.isRunning()) {
      credentials.get().stream().map(EventSources::id).forEach(credentialEvents::propagateEvent);
    }
  }

  private static ResourceID id(HasMetadata resource) {
    return ResourceID.fromResource(resource);
  }
}
