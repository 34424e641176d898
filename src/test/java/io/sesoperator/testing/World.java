package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.runtime.Setting;
import io.sesoperator.runtime.Settings;
import io.sesoperator.runtime.SettingsReader;
import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.tencent.CredentialChain;
import io.sesoperator.tencent.CredentialSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An API server, an SES and the operator between them, with a namespace for a tenant, one for its
 * neighbour and one for the operator. The operator watches these only, so that many worlds can
 * share one API server. Every status that is written is held to the {@link StatusRules}.
 */
public final class World implements AutoCloseable {

  public static final String ADDRESS = "noreply@mail.example.com";

  /** The Secret with the account's keys, in the operator's namespace. */
  static final String KEYS = "ses-keys";

  private final ApiServer server;
  private final Simulator ses;
  private final AccessKey key;
  private final String tenant;
  private final String neighbour;
  private final String system;
  private final StatusWatch statuses;
  private final Outputs outputs;
  private final WallClock clock = new WallClock();
  private Optional<OperatorRuntime> operator = Optional.empty();

  private World(ApiServer server, Simulator ses, AccessKey key) {
    this.server = server;
    this.ses = ses;
    this.key = key;
    this.tenant = server.newNamespace();
    this.neighbour = server.newNamespace();
    this.system = server.newNamespace();
    this.statuses = new StatusWatch(client(), List.of(tenant, neighbour), account());
    this.outputs = Outputs.of("world-" + tenant);
  }

  /** A world with an SES that knows {@link #ADDRESS}. */
  public static World on(ApiServer server) throws Exception {
    return on(server, options -> options);
  }

  /** A world with an SES of its own kind. */
  public static World on(ApiServer server, UnaryOperator<SimulatorOptions> ses) throws Exception {
    World world = withoutOperator(server, ses);
    world.startOperatorAgain();
    return world;
  }

  /** A world whose operator is still to be started. */
  public static World withoutOperator(ApiServer server) {
    return withoutOperator(server, options -> options);
  }

  /** A world with an SES of its own kind, whose operator is still to be started. */
  public static World withoutOperator(ApiServer server, UnaryOperator<SimulatorOptions> ses) {
    AccessKey key = AccessKey.of(SimulatorOptions.DEMO_KEY.secretId(), Canary.secretKey());
    SimulatorOptions options =
        ses.apply(SimulatorOptions.standard().withSenders(ADDRESS).withKeys(key));
    return new World(server, Simulator.start(options), options.keys().getFirst());
  }

  public Simulator ses() {
    return ses;
  }

  public KubernetesClient client() {
    return server.client();
  }

  /** The tenant's namespace. */
  public String tenant() {
    return tenant;
  }

  /** The namespace of a second tenant, whom the usual account does not allow anything. */
  public String neighbour() {
    return neighbour;
  }

  /** The operator's namespace. */
  public String system() {
    return system;
  }

  /** The name of the account that everything here uses. */
  public String account() {
    return "account-" + tenant;
  }

  /** The API key that SES accepts at first. */
  public AccessKey key() {
    return key;
  }

  public OperatorRuntime operator() {
    return operator.orElseThrow();
  }

  /** Stops the operator cleanly. */
  public void stopOperator() {
    operator.map(OperatorRuntime::managementPort).ifPresent(outputs::addMetrics);
    operator.ifPresent(OperatorRuntime::close);
    operator = Optional.empty();
  }

  /** Starts another operator, after the former was stopped. */
  public void startOperatorAgain() throws Exception {
    operator =
        Optional.of(
            OperatorRuntime.start(
                SettingsReader.read(settings(), Map.of()), surroundings(CredentialSource.none())));
  }

  /** Starts an operator that finds its own credentials, with these settings. */
  public void startOperatorIn(Map<String, String> environment, Map<Setting, String> flags)
      throws Exception {
    Settings settings = SettingsReader.read(flags, environment);
    CredentialSource credentials =
        new CredentialChain(environment, settings.credentialEndpoints(), clock);
    operator = Optional.of(OperatorRuntime.start(settings, surroundings(credentials)));
  }

  /** How an operator of this world is set up, without leader election. */
  public Map<Setting, String> settings() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    flags.put(Setting.NAMESPACE, system);
    flags.put(Setting.WATCH_NAMESPACES, tenant + "," + neighbour);
    flags.put(Setting.LEADER_ELECTION, "false");
    flags.put(Setting.MANAGEMENT_PORT, "0");
    flags.put(Setting.STS_ENDPOINT, ses.endpoint().toString());
    flags.put(Setting.METADATA_ENDPOINT, ses.endpoint().toString());
    flags.put(Setting.SMTP_CA_FILE, CertificateFile.of(ses).toString());
    return flags;
  }

  /**
   * Has the tokens of all temporary keys searched for as well. Not with an operator of this JVM,
   * whose JDK is told to log the headers that carry them.
   */
  public void noteTokens() {
    ses.roles().issued().stream()
        .flatMap(key -> key.token().stream())
        .forEach(token -> Canary.note(token, "the token of a temporary key"));
  }

  private Surroundings surroundings(CredentialSource credentials) {
    Runnable broken =
        () -> {
          throw new AssertionError("A watch ended for good");
        };
    return new Surroundings(server.config(), "test", credentials, clock, broken);
  }

  /** What an operator finds here that connects in its own way, under a name of its own. */
  public Surroundings surroundings(Config kubernetes, String identity, Runnable whenBroken) {
    return new Surroundings(kubernetes, identity, CredentialSource.none(), clock, whenBroken);
  }

  /** How {@link #client} connects. */
  public Config config() {
    return server.config();
  }

  /** Lets time pass at once, for SES and our operator; what was scheduled keeps its former time. */
  public void passTime(Duration time) {
    clock.advance(time);
    ses.faults().skewClock(clock.ahead());
  }

  /** The time as SES and our operator see it. */
  public Instant now() {
    return clock.instant();
  }

  /** The usual account, and the Secret with its keys. */
  public World withAccount() {
    secret(system, KEYS, Map.of("secretId", key.secretId(), "secretKey", key.secretKey()));
    return withAccountOnly();
  }

  /** The usual account, which names a Secret that may be missing. */
  public World withAccountOnly() {
    return withAccountNamed(account());
  }

  /** An account like the usual one, to be deleted by whoever made it. */
  World withAccountNamed(String name) {
    apply(
        """
        apiVersion: ses-operator.io/v1alpha1
        kind: SesAccount
        metadata: {name: %s}
        spec:
          region: ap-singapore
          endpoint: %s
          smtp: {host: localhost, port: %d, security: TLS}
          credentials: {secretRef: {name: ses-keys}}
          requestsPerSecond: 20
          allowedConsumers:
          - namespaces: [%s]
            addresses: ["*@mail.example.com"]
        """
            .formatted(name, ses.endpoint(), ses.smtpTlsPort(), tenant),
        SesAccount.class);
    return this;
  }

  /** Gives the tenant's namespace these labels instead of those that it has. */
  public void label(Map<String, String> labels) {
    client()
        .namespaces()
        .withName(tenant)
        .edit(namespace ->
            new NamespaceBuilder(namespace)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build());
  }

  /** The account, for whoever has to do with more than using it. */
  public Account sesAccount() {
    return new Account(this);
  }

  /** A further sender of SES, {@code <name>@mail.example.com}, for a credential of that name. */
  public Mailbox mailbox(String name) {
    String address = name + "@mail.example.com";
    ses.senders().add(address);
    return mailbox(name, address);
  }

  /** A credential of the tenant for an address that SES may or may not know. */
  public Mailbox mailbox(String name, String address) {
    return new Mailbox(this, tenant, name, address);
  }

  /** Returns when the operator has seen all that was done before. */
  public void awaitIdle() {
    String password = Canary.password();
    mailbox("marker-" + ses.calls().all().size())
        .withPassword(password)
        .withCredential()
        .awaitApplied(password);
  }

  List<SmtpCredentialStatus> history(String namespace, String name) {
    return statuses.history(namespace, name);
  }

  /** Sets the password in the tenant's Secret of this name. */
  public World withPassword(String secret, String password) {
    secret(tenant, secret, Map.of("password", password));
    return this;
  }

  /** A credential for {@link #ADDRESS} that points to the Secret {@code smtp}. */
  public World withCredential(String name) {
    return withCredential(name, "emailAddress: " + ADDRESS, "passwordSecretRef: {name: smtp}");
  }

  /** A credential with these further lines of spec, each flat YAML. */
  public World withCredential(String name, String... lines) {
    apply(
        """
        apiVersion: ses-operator.io/v1alpha1
        kind: SmtpCredential
        metadata: {name: %s, namespace: %s}
        spec:
          accountRef: {name: %s}
          %s
        """
            .formatted(name, tenant, account(), String.join("\n  ", lines)),
        SmtpCredential.class);
    return this;
  }

  /** Creates a Secret, or replaces its data. */
  public void secret(String namespace, String name, Map<String, String> data) {
    KubernetesObjects.secret(client(), namespace, name, data);
  }

  <T extends HasMetadata> void apply(String yaml, Class<T> type) {
    KubernetesObjects.apply(client(), yaml, type);
  }

  public SmtpCredential credential(String name) {
    return client().resources(SmtpCredential.class).inNamespace(tenant).withName(name).get();
  }

  /** Waits until the status satisfies {@code goal}, and returns it. */
  public SmtpCredentialStatus await(String name, Predicate<SmtpCredentialStatus> goal) {
    return mailbox(name, ADDRESS).await(goal);
  }

  /** Waits until Ready has this reason. */
  public SmtpCredentialStatus awaitReason(String name, String reason) {
    return mailbox(name, ADDRESS).await(Reason.fromWire(reason).orElseThrow());
  }

  /** Waits until SES holds this password for {@link #ADDRESS} and status says so. */
  public SmtpCredentialStatus awaitApplied(String name, String password) {
    return mailbox(name, ADDRESS).awaitApplied(password);
  }

  @Override
  public void close() {
    stopOperator();
    client().resources(SesAccount.class).withName(account()).delete();
    outputs.addAll(ses);
    ses.close();
    statuses.close();
  }
}
