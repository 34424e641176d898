package io.sesoperator.controller;

import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.controller.AccountSessions.Timing;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.AddressOwners;
import io.sesoperator.kube.ApiRequests;
import io.sesoperator.kube.Finalizers;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.kube.StatusWriter;
import io.sesoperator.password.DigestKey;
import io.sesoperator.plan.NextStatus;
import io.sesoperator.plan.Planner;
import io.sesoperator.plan.Policy;
import io.sesoperator.plan.Reconciliation;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts the two reconcilers together. */
public final class Reconcilers {

  /** The view of the cluster that both share. */
  public record Cluster(
      ApiRequests requests,
      SecretDigests secrets,
      Accounts accounts,
      DigestKey digestKey,
      String operatorNamespace) {}

  private final CredentialIndex index = new CredentialIndex();
  private final SmtpCredentialReconciler credentials;
  private final SesAccountReconciler accounts;

  /**
   * Assembles.
   *
   * @param listeners told of every turn, after its status was written
   */
  public Reconcilers(
      Cluster cluster,
      AccountSessions sessions,
      Policy policy,
      List<Consumer<Reconciliation>> listeners,
      Timing timing) {
    EventSources events = new EventSources(index, cluster, sessions, timing.after());
    History history = History.empty();
    PlannedPassword passwords =
        new PlannedPassword(new SecretReader(cluster.requests()), cluster.digestKey());
    Logins logins = new Logins(cluster.accounts(), sessions, passwords, events::wake);
    StatusWriter statusWriter = new StatusWriter(cluster.requests());
    Observer observer =
        new Observer(
            new AdmissionCheck(cluster.accounts(), new AddressOwners(index::byClaim)),
            new AccessCheck(sessions),
            cluster.secrets(),
            history.values(),
            new EvidenceCheck(sessions, logins, history.corrections()));
    Planner planner = new Planner(policy);
    this.credentials =
        new SmtpCredentialReconciler(
            observer,
            planner,
            new Applier(cluster.accounts(), sessions, passwords, logins, new SecureRandom()),
            new Recorder(
                new NextStatus(policy),
                statusWriter,
                new Finalizers(cluster.requests()),
                with(listeners, List.of(history::note)),
                timing.clock()),
            events);
    this.accounts =
        new SesAccountReconciler(
            sessions,
            statusWriter,
            events,
            new Dependents(index, observer, planner, policy.random()),
            timing.clock());
  }

  public SmtpCredentialReconciler credentials() {
    return credentials;
  }

  public SesAccountReconciler accounts() {
    return accounts;
  }

  /** All credentials that are watched, as they are cached; none before the start. */
  public List<SmtpCredential> watched() {
    return index.all();
  }

  /** Which updates of a credential are worth a pass. */
  public static OnUpdateFilter<SmtpCredential> credentialUpdates() {
    return SpecOrHandChange.ofCredentials();
  }

  /** Which updates of an account are worth a check. */
  public static OnUpdateFilter<SesAccount> accountUpdates() {
    return SpecOrHandChange.ofAccounts();
  }

  private static List<Consumer<Reconciliation>> with(
      List<Consumer<Reconciliation>> listeners, List<Consumer<Reconciliation>> ours) {
    return Stream.concat(ours.stream(), listeners.stream()).toList();
  }
}
