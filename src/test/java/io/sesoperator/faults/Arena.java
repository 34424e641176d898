package io.sesoperator.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.kube.DigestKeys;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.Password;
import io.sesoperator.runtime.Setting;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.StatusRules;
import io.sesoperator.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A world with credentials that have nothing in common, each with a sender, an account and API keys
 * of its own; in it, one operator after the other.
 */
final class Arena implements AutoCloseable {

  /** How the names of credentials and of their Secrets begin. */
  static final String CREDENTIAL = "run-";

  /** How the names of Secrets with API keys begin; the name of a credential follows. */
  static final String KEYS = "keys-";

  private static final int NONE = -1;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration CHANGE_INTERVAL = Duration.ofSeconds(6);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final World world;
  private final int size;
  private final boolean elects;
  private final Values values;
  private final Ledger ledger;
  private final Wiring wiring;
  private final int[] current;
  private final List<Thread> ending = new ArrayList<>();
  private Optional<Instance> operator = Optional.empty();
  private Optional<DigestKey> digestKey = Optional.empty();
  private int started;
  private int nudges;

  /**
   * One for so many credentials, with their accounts, but no Secrets yet.
   *
   * @param elects whether operators take turns by the Lease
   * @param sabotage what happens to all requests to the API server on their way
   */
  Arena(
      ApiServer server,
      int size,
      Values values,
      boolean elects,
      UnaryOperator<HttpMessage> sabotage) {
    ServerRules rules = ServerRules.standard().withRequestsPerSecond(1000);
    this.world = World.withoutOperator(server, options -> options.withRules(rules));
    this.ledger = new Ledger(world::now);
    this.size = size;
    this.elects = elects;
    this.values = values;
    this.current = new int[size];
    Arrays.fill(current, NONE);
    this.wiring =
        new Wiring(
            Upstream.apiServer(server.config()),
            Upstream.plain(world.ses().endpoint()),
            world.ses().endpoint().toString(),
            values,
            ledger,
            sabotage);
    IntStream.range(0, size).forEach(this::addAccount);
  }

  /** One without leaders, in which nothing happens to requests on their way. */
  static Arena on(ApiServer server, int size, Values values) {
    return new Arena(server, size, values, false, UnaryOperator.identity());
  }

  Ledger ledger() {
    return ledger;
  }

  Instance operator() {
    return operator.orElseThrow();
  }

  String name(int number) {
    return "%s%02d".formatted(CREDENTIAL, number);
  }

  /** The number of the value in the Secret; -1 if there is none yet. */
  int current(int number) {
    return current[number];
  }

  /** Makes all credentials, and returns when they are applied and no request is under way. */
  void fill() {
    IntStream.range(0, size).forEach(number -> write(number, 0));
    awaitDone();
    awaitLasting(Duration.ofMillis(50), operator().sentry()::isQuiet);
  }

  /** Returns when all credentials are as they should be. */
  void awaitDone() {
    awaitAll("applied credentials", this::isDone);
  }

  /** Returns when nothing is left to do later, either. */
  void awaitSettled() {
    awaitAll("settled credentials", this::isSettled);
  }

  private void awaitAll(String what, BiPredicate<Integer, SmtpCredential> goal) {
    Awaitility.await(what).atMost(SOON).until(() -> all(goal));
  }

  private boolean all(BiPredicate<Integer, SmtpCredential> goal) {
    Map<String, SmtpCredential> credentials = credentials();
    return IntStream.range(0, size)
        .allMatch(number -> goal.test(number, credentials.get(name(number))));
  }

  /** Starts another operator, once its traps are set. */
  Instance start(Weather weather, Consumer<Sentry> traps) throws Exception {
    if (elects) {
      freeLease();
    }
    Gate gate = gate(weather);
    traps.accept(gate.sentry());
    Instance next = Instance.start(world, settings(), "operator-" + started++, gate);
    operator = Optional.of(next);
    return next;
  }

  /** A way into this world for one more operator. */
  Gate gate(Weather weather) {
    return new Gate(wiring, weather);
  }

  /** How to connect to the API server without a gate. */
  Config config() {
    return world.config();
  }

  /** How an operator of this world is set up. */
  Map<Setting, String> settings() {
    Map<Setting, String> settings = world.settings();
    if (elects) {
      settings.put(Setting.LEADER_ELECTION, "true");
      settings.put(Setting.LEASE_RETRY_PERIOD, "500ms");
    }
    return settings;
  }

  /** Returns when it has looked at everything. */
  void awaitChecks(Instance instance) {
    Awaitility.await("checks of all accounts")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> instance.gate().checks() >= size);
  }

  void kill(Instance instance) {
    ending.add(instance.kill());
  }

  /** Writes this value into a Secret; the first time, makes it and the credential. */
  synchronized void write(int number, int value) {
    if (current[number] == NONE) {
      create(secret(number, value));
      create(credential(number), SmtpCredential.class);
    } else {
      // so that two changes are never too close for one resource
      passTime(CHANGE_INTERVAL);
      replace(secret(number, value));
    }
    current[number] = value;
  }

  /** Writes this value into all Secrets, which exist, as fast as the server takes it. */
  synchronized void writeAll(int value) {
    passTime(CHANGE_INTERVAL);
    for (int number = 0; number < size; number++) {
      replace(secret(number, value));
      current[number] = value;
    }
  }

  private void create(Secret secret) {
    world.client().resource(secret).create();
  }

  private void replace(Secret secret) {
    String name = secret.getMetadata().getName();
    world.client().raw("/api/v1/namespaces/" + world.tenant() + "/secrets/" + name, "PUT", secret);
  }

  synchronized void passTime(Duration time) {
    world.passTime(time);
  }

  /**
   * Has the operator look at all credentials, as it does when the time has come that it waits for:
   * its timers do not notice when the clock is moved.
   */
  void nudge() {
    world
        .client()
        .namespaces()
        .withName(world.tenant())
        .patch(MERGE, "{\"metadata\":{\"annotations\":{\"nudge\":\"%d\"}}}".formatted(++nudges));
  }

  /** Whether this becomes true in time. */
  static boolean await(Duration limit, BooleanSupplier goal) {
    try {
      Awaitility.await()
          .atMost(limit)
          .pollInterval(Duration.ofMillis(25))
          .until(goal::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }

  /** Returns when this holds for a while, or does not come to. */
  static void awaitLasting(Duration time, BooleanSupplier state) {
    try {
      Awaitility.await()
          .during(time)
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(state::getAsBoolean);
    } catch (ConditionTimeoutException _) {
      // then it is cut off in the middle of it
    }
  }

  /** Whether SES holds what is in the Secret. */
  boolean holds(int number) {
    return world.ses().senders().holds(address(number), values.password(current[number]));
  }

  /** Whether status says that SES has what is in the Secret now, and nothing contradicts it. */
  boolean isDone(int number, SmtpCredential credential) {
    SmtpCredentialStatus status = credential.statusOrNone();
    return status.condition(Condition.READY).stream()
            .anyMatch(ready -> ready.holds() && ready.reason().equals(Reason.APPLIED.wire()))
        && status.observedGeneration().equals(credential.getMetadata().getGeneration())
        && status.pending().isEmpty()
        && status.applied().stream().anyMatch(it -> it.digest().equals(digest(number)));
  }

  /** Whether it is done, and nothing is left to do later. */
  boolean isSettled(int number, SmtpCredential credential) {
    SmtpCredentialStatus status = credential.statusOrNone();
    StatusRules.check(credential);
    return isDone(number, credential)
        && status.unsettled().isEmpty()
        && status.nextAttemptTime().isEmpty()
        && status.failures() == 0;
  }

  /** All credentials, by name. */
  Map<String, SmtpCredential> credentials() {
    return world
        .client()
        .resources(SmtpCredential.class)
        .inNamespace(world.tenant())
        .list()
        .getItems()
        .stream()
        .collect(Collectors.toMap(it -> it.getMetadata().getName(), Function.identity()));
  }

  /** Takes all of it away, for other tests list what there is. */
  @Override
  public void close() {
    operator.ifPresent(this::kill);
    ending.forEach(Arena::join);
    world.client().resources(SmtpCredential.class).inNamespace(world.tenant()).delete();
    world.client().secrets().inNamespace(world.tenant()).delete();
    IntStream.range(0, size)
        .forEach(number ->
            world.client().resources(SesAccount.class).withName(account(number)).delete());
    world.close();
  }

  private void addAccount(int number) {
    world.ses().senders().add(address(number));
    world.secret(
        world.system(),
        KEYS + name(number),
        Map.of("secretId", world.key().secretId(), "secretKey", world.key().secretKey()));
    create(
        """
        apiVersion: ses-operator.io/v1alpha1
        kind: SesAccount
        metadata: {name: %s}
        spec:
          region: ap-singapore
          endpoint: %s
          credentials: {secretRef: {name: %s}}
          allowedConsumers:
          - namespaces: [%s]
            addresses: ["*@mail.example.com"]
        """
            .formatted(
                account(number), world.ses().endpoint(), KEYS + name(number), world.tenant()),
        SesAccount.class);
  }

  private String credential(int number) {
    return """
    apiVersion: ses-operator.io/v1alpha1
    kind: SmtpCredential
    metadata: {name: %s, namespace: %s}
    spec:
      emailAddress: %s
      accountRef: {name: %s}
      passwordSecretRef: {name: %s}
      verification: Disabled
    """
        .formatted(name(number), world.tenant(), address(number), account(number), name(number));
  }

  private Secret secret(int number, int value) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(world.tenant())
        .withName(name(number))
        .endMetadata()
        .addToData(
            "password", Base64.getEncoder().encodeToString(values.password(value).getBytes(UTF_8)))
        .build();
  }

  private <T extends io.fabric8.kubernetes.api.model.HasMetadata> void create(
      String yaml, Class<T> type) {
    world
        .client()
        .resource(world.client().getKubernetesSerialization().unmarshal(yaml, type))
        .create();
  }

  private String address(int number) {
    return name(number) + "@mail.example.com";
  }

  private String account(int number) {
    return world.account() + "-" + number;
  }

  /** As if the Lease of an operator that is gone had expired. */
  private void freeLease() {
    Resource<Lease> lease =
        world.client().leases().inNamespace(world.system()).withName("ses-operator");
    if (lease.get() != null) {
      lease.patch(MERGE, "{\"spec\":{\"holderIdentity\":\"\"}}");
    }
  }

  /** The digest of what is in the Secret. */
  private String digest(int number) {
    try (Password password = Password.of(values.password(current[number]).getBytes(UTF_8))) {
      return digestKey().digest(world.tenant(), name(number), "password", password);
    }
  }

  private synchronized DigestKey digestKey() {
    if (digestKey.isEmpty()) {
      Secret secret =
          world.client().secrets().inNamespace(world.system()).withName(DigestKeys.SECRET).get();
      byte[] key = Base64.getDecoder().decode(secret.getData().get("key"));
      digestKey = Optional.of(DigestKey.of(key));
    }
    return digestKey.get();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
