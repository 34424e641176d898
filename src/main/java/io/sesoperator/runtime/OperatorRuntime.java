package io.sesoperator.runtime;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.controller.AccountSessions;
import io.sesoperator.controller.AccountSessions.Timing;
import io.sesoperator.controller.Reconcilers;
import io.sesoperator.controller.ReconciliationLog;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.ApiRequests;
import io.sesoperator.kube.EventPublisher;
import io.sesoperator.kube.KubernetesClients;
import io.sesoperator.kube.Refusals;
import io.sesoperator.kube.SecretDigests;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.password.DigestKey;
import io.sesoperator.plan.Policy;
import io.sesoperator.plan.Reconciliation;
import io.sesoperator.ses.SmtpLogin;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.tencent.EndpointRule;
import io.sesoperator.tencent.Tc3Client;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running operator, from the first look at the cluster to a clean end: the call in flight is
 * finished, its status written, the Lease given back.
 */
public final class OperatorRuntime implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);

  /** Longer than the longest call to SES (15 s) and the write of its status. */
  private static final Duration LAST_PASSES = Duration.ofSeconds(20);

  private static final Duration LONGEST_WITHOUT_A_PASS = Duration.ofHours(1);
  private static final long LIST_PAGE = 500;

  /**
   * Where a process stands: what it does not decide itself.
   *
   * @param whenBroken ends the process at once, as a failure: the Lease is lost, or a watch is
   */
  public record Surroundings(
      Config kubernetes,
      String identity,
      CredentialSource credentials,
      Clock clock,
      Runnable whenBroken) {}

  private final Refusals refusals = new Refusals();
  private final KubernetesClient client;
  private final ApiRequests requests;
  private final String namespace;
  private final SecretDigests secrets;
  private final Accounts accounts;
  private final Tc3Client ses;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final Optional<Leadership> leadership;
  private final Runnable whenBroken;
  private final LostRights lostRights;
  private final Reconcilers reconcilers;
  private final StatusMetrics statusMetrics;
  private final Operator operator;
  private final Health health;
  private final ManagementServer management;

  private OperatorRuntime(
      Settings settings, Surroundings surroundings, Consumer<Reconciliation> listener)
      throws IOException {
    SecureRandom random = new SecureRandom();
    Clock clock = Clock.tick(surroundings.clock(), Duration.ofMillis(1));
    this.namespace = settings.namespace().orElse(surroundings.kubernetes().getNamespace());
    LeaseRenewals renewals = new LeaseRenewals(namespace, System::nanoTime, clock);
    this.client = KubernetesClients.create(surroundings.kubernetes(), refusals, renewals);
    this.requests = new ApiRequests(client);
    Rights rights = new Rights(client, NeededRights.of(settings, namespace));
    DigestKey digestKey = digestKey(new Prerequisites(client, rights, namespace), random);
    this.secrets = new SecretDigests(client, digestKey, settings.passwordRule());
    this.accounts = new Accounts(client);
    this.ses = Tc3Client.standard(clock, metrics::request);
    this.whenBroken = surroundings.whenBroken();
    this.lostRights = new LostRights(rights, clock, whenBroken);
    this.leadership =
        settings.leaderElection().map(lease -> leadership(lease, surroundings, renewals));
    Timing timing = Timing.of(clock);
    this.reconcilers =
        new Reconcilers(
            new Reconcilers.Cluster(requests, secrets, accounts, digestKey, namespace),
            sessions(settings, surroundings, timing),
            Policy.standard(random),
            listeners(surroundings, listener),
            timing);
    this.operator = operator(reconcilers, settings.watchNamespaces(), new PatientRetry(random));
    this.statusMetrics =
        new StatusMetrics(
            metrics.registry(),
            reconcilers::watched,
            accounts::all,
            settings.resourceMetrics(),
            clock);
    this.health = new Health(operator, secrets, accounts);
    this.management = new ManagementServer(settings.managementPort());
  }

  /**
   * Starts an operator and returns once it knows the cluster.
   *
   * @throws IOException if the management port cannot be had
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server cannot be
   *     asked
   * @throws IllegalStateException naming what is missing: each right, the CRDs or the namespace
   * @throws io.javaoperatorsdk.operator.OperatorException if the CRD of SmtpCredentials alone is
   *     missing
   */
  public static OperatorRuntime start(Settings settings, Surroundings surroundings)
      throws IOException {
    return start(settings, surroundings, _ -> {});
  }

  /** The same, with somebody who is told of every turn after its status was written. */
  public static OperatorRuntime start(
      Settings settings, Surroundings surroundings, Consumer<Reconciliation> listener)
      throws IOException {
    OperatorRuntime runtime = new OperatorRuntime(settings, surroundings, listener);
    try {
      runtime.start(settings);
      return runtime;
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  private void start(Settings settings) {
    management.probe("/livez", health::isAlive);
    management.probe("/readyz", health::isReady);
    management.metrics("/metrics", statusMetrics::scrape);
    metrics.leading(this::isLeading);
    accounts.start();
    secrets.start(settings.namespacesOfSecrets(namespace));
    operator.start();
    health.started();
    refusals.onRefusal(lostRights::refused);
    LOG.atInfo()
        .addKeyValue("namespace", namespace)
        .addKeyValue("managementPort", management.port())
        .addKeyValue("version", ProgramVersion.current())
        .addKeyValue("settings", settings)
        .log("Started");
  }

  private DigestKey digestKey(Prerequisites prerequisites, SecureRandom random) {
    try {
      return prerequisites.check(random);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** The port of {@code /livez}, {@code /readyz} and {@code /metrics}. */
  public int managementPort() {
    return management.port();
  }

  /** All credentials that it watches, as it knows them. */
  public List<SmtpCredential> watched() {
    return reconcilers.watched();
  }

  /** Whether this replica acts. */
  public boolean isLeading() {
    return leadership.map(Leadership::isLeading).orElse(true);
  }

  /** Ends cleanly, within about 20 seconds. */
  @Override
  public void close() {
    health.stopping();
    leadership.ifPresent(Leadership::stopping);
    operator.stop();
    secrets.close();
    accounts.close();
    leadership.ifPresent(leader -> leader.release(client));
    management.close();
    ses.close();
    client.close();
    LOG.atInfo().log("Stopped");
  }

  private AccountSessions sessions(Settings settings, Surroundings surroundings, Timing timing) {
    AccountSessions sessions =
        new AccountSessions(
            ses,
            settings
                .smtpAuthorities()
                .map(authorities -> SmtpLogin.trusting(authorities.pem()))
                .orElseGet(SmtpLogin::trustingTheJvm),
            new SecretReader(requests),
            new AccountSessions.Settings(
                namespace,
                new EndpointRule(settings.allowInsecureEndpoints()),
                surroundings.credentials(),
                this::maySetPasswords),
            timing);
    sessions.onNewBudget(metrics::watch);
    sessions.onForgotten(metrics::forget);
    sessions.onLogin(metrics::login);
    return sessions;
  }

  private Leadership leadership(
      Settings.Lease lease, Surroundings surroundings, LeaseRenewals renewals) {
    return new Leadership(
        lease, namespace, surroundings.identity(), surroundings.whenBroken(), renewals);
  }

  /** Without an election, every replica acts. */
  private boolean maySetPasswords() {
    return leadership.map(Leadership::isSurelyLeading).orElse(true);
  }

  private List<Consumer<Reconciliation>> listeners(
      Surroundings surroundings, Consumer<Reconciliation> listener) {
    return List.of(
        new ReconciliationLog()::log,
        metrics::count,
        new EventPublisher(requests, surroundings.identity())::publish,
        listener);
  }

  private Operator operator(Reconcilers reconcilers, Set<String> namespaces, PatientRetry retry) {
    Operator assembled = new Operator(this::configure);
    assembled.register(reconcilers.credentials(), config -> configure(config, namespaces, retry));
    assembled.register(
        reconcilers.accounts(),
        config ->
            config
                .withGenerationAware(false)
                .withOnUpdateFilter(Reconcilers.accountUpdates())
                .withRetry(retry));
    return assembled;
  }

  // JOSDK calls this twice before it is started (java-operator-sdk issue 3353), so it makes nothing
  // that must be unique.
  private void configure(ConfigurationServiceOverrider config) {
    config
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withParseResourceVersions(true)
        .withReconciliationTerminationTimeout(LAST_PASSES)
        .withInformerStoppedHandler((informer, e) -> watchEnded(informer.hasSynced(), e))
        .withExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    leadership.map(Leadership::configuration).ifPresent(config::withLeaderElectionConfiguration);
  }

  // Without a cause it was stopped; before its first list, the start fails by itself.
  private void watchEnded(boolean started, @Nullable Throwable cause) {
    if (started && cause != null) {
      LOG.atError().setCause(cause).log("A watch ended for good, ending the process");
      whenBroken.run();
    }
  }

  private static void configure(
      ControllerConfigurationOverrider<SmtpCredential> config,
      Set<String> namespaces,
      PatientRetry retry) {
    config
        .withGenerationAware(false)
        .withOnUpdateFilter(Reconcilers.credentialUpdates())
        .withRetry(retry)
        .withReconciliationMaxInterval(LONGEST_WITHOUT_A_PASS)
        .withInformerListLimit(LIST_PAGE);
    if (!namespaces.isEmpty()) {
      config.settingNamespaces(namespaces);
    }
  }
}
