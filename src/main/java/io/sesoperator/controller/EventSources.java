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
import io.sesoperator.ses.CallBudget.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns what happens elsewhere into events for the resources that depend on it: a Secret, an
 * account or a namespace changes, a turn in a budget comes, a breaker opens or closes.
 */
final class EventSources {

  private final CredentialIndex index;
  private final AccountIndex accountIndex = new AccountIndex();
  private final Accounts accounts;
  private final AccountSessions sessions;
  private final String operatorNamespace;
  private final SuccessorEventSource successors;
  private final SimpleInboundEventSource<SmtpCredential> credentialEvents =
      new SimpleInboundEventSource<>("dependencies");
  private final SimpleInboundEventSource<SesAccount> accountEvents =
      new SimpleInboundEventSource<>("credentials");

  EventSources(
      CredentialIndex index,
      Reconcilers.Cluster cluster,
      AccountSessions sessions,
      Function<Duration, Executor> after) {
    this.index = index;
    this.accounts = cluster.accounts();
    this.sessions = sessions;
    this.operatorNamespace = cluster.operatorNamespace();
    this.successors = new SuccessorEventSource(index, after);
    subscribe(cluster.secrets());
  }

  private void subscribe(SecretDigests secrets) {
    secrets.onChange(this::secretChanged);
    accounts.onAccountChange(this::accountChanged);
    accounts.onNamespaceChange(name -> wake(() -> index.byNamespace(name)));
    sessions.onTurn(this::wake);
    sessions.onBreakerChange(this::breakerChanged);
  }

  List<EventSource<?, SmtpCredential>> ofCredentials(IndexerResourceCache<SmtpCredential> cache) {
    index.attach(cache);
    return List.of(credentialEvents, new RivalEventSource(index), successors);
  }

  List<EventSource<?, SesAccount>> ofAccounts(IndexerResourceCache<SesAccount> cache) {
    accountIndex.attach(cache);
    return List.of(accountEvents);
  }

  /** Has the name of a resource that is gone looked at once more. */
  void deleted(SmtpCredential gone) {
    successors.deleted(gone);
  }

  /** Wakes one resource. */
  void wake(Caller caller) {
    wake(Stream.of(new ResourceID(caller.name(), caller.namespace())));
  }

  /** Has all resources of an account compare themselves with its new list of senders. */
  void sendersListed(String account) {
    wake(() -> index.byAccount(account));
  }

  private void secretChanged(SecretName secret) {
    wake(() -> index.bySecret(secret));
    if (secret.namespace().equals(operatorNamespace) && accountEvents.isRunning()) {
      accountIndex.byKeys(secret.name()).stream()
          .map(ResourceID::fromResource)
          .forEach(accountEvents::propagateEvent);
    }
  }

  private void accountChanged(String account) {
    if (accounts.find(account).isEmpty()) {
      sessions.forget(account);
    }
    wake(() -> index.byAccount(account));
  }

  private void breakerChanged(String account) {
    if (accountEvents.isRunning()) {
      accountEvents.propagateEvent(new ResourceID(account));
    }
    wake(() -> index.byAccount(account));
  }

  // Before the start, the index has no cache behind it, and nobody
  // needs waking then, as every credential is looked at after the start.
  private void wake(Supplier<List<SmtpCredential>> credentials) {
    if (credentialEvents.isRunning()) {
      wake(credentials.get().stream().map(EventSources::id));
    }
  }

  private void wake(Stream<ResourceID> credentials) {
    if (credentialEvents.isRunning()) {
      credentials.forEach(credentialEvents::propagateEvent);
    }
  }

  private static ResourceID id(HasMetadata resource) {
    return ResourceID.fromResource(resource);
  }
}
