package io.sesoperator.testing;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.simulator.SenderBook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Many credentials of one namespace, each with a sender and a Secret of its own, spread over
 * several accounts of the same SES, because each account has its own budget.
 */
public final class Fleet implements AutoCloseable {

  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final World world;
  private final String namespace;
  private final String prefix;
  private final int accounts;
  private String spec = "verification: Disabled";

  private Fleet(World world, String namespace, String prefix, int accounts) {
    this.world = world;
    this.namespace = namespace;
    this.prefix = prefix;
    this.accounts = accounts;
  }

  /** One of the tenant with so many accounts and senders, and no credentials yet. */
  public static Fleet of(World world, int accounts, int senders) {
    Fleet fleet = new Fleet(world, world.tenant(), "fleet-", accounts);
    fleet.addSenders(senders);
    world.withAccount();
    IntStream.range(1, accounts).mapToObj(fleet::account).forEach(world::withAccountNamed);
    return fleet;
  }

  /** One of the neighbour, for the usual account, which is to be shared with it. */
  public static Fleet ofNeighbour(World world, int senders) {
    Fleet fleet = new Fleet(world, world.neighbour(), "neighbour-", 1);
    fleet.addSenders(senders);
    return fleet;
  }

  /** The same, whose credentials have this further line of spec, flat YAML. */
  public Fleet with(String line) {
    spec += "\n  " + line;
    return this;
  }

  private void addSenders(int count) {
    IntStream.range(0, count).mapToObj(this::address).forEach(world.ses().senders()::add);
  }

  /** Makes the first so many credentials. */
  public void add(int size) throws Exception {
    forEach(size, this::addOne);
  }

  /** Writes the passwords of this round into the first so many Secrets. */
  public void rotateAll(int size, int round) throws Exception {
    forEach(size, number -> rotate(number, round));
  }

  private static void forEach(int size, IntConsumer action) throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> made =
          IntStream.range(0, size)
              .<Future<?>>mapToObj(number -> workers.submit(() -> action.accept(number)))
              .toList();
      for (Future<?> one : made) {
        one.get();
      }
    }
  }

  /** Makes the credential of this number. */
  public void addOne(int number) {
    rotate(number, 0);
    world.apply(
        """
        apiVersion: ses-operator.io/v1alpha1
        kind: SmtpCredential
        metadata: {name: %s, namespace: %s}
        spec:
          emailAddress: %s
          accountRef: {name: %s}
          passwordSecretRef: {name: %s}
          %s
        """
            .formatted(
                name(number),
                namespace,
                address(number),
                account(number % accounts),
                name(number),
                spec),
        SmtpCredential.class);
  }

  /** Writes another password into one's Secret, the same for the same round. */
  public void rotate(int number, int round) {
    world.secret(namespace, name(number), Map.of("password", password(number, round)));
  }

  /** Waits until so many are Ready. */
  public void awaitReady(int count) {
    Awaitility.await(count + " applied credentials")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> ready() == count);
  }

  /** Waits until SES and status have this round's password. */
  public void awaitApplied(int number, int round) {
    SenderBook senders = world.ses().senders();
    Awaitility.await("round " + round + " of " + name(number))
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() ->
            senders.holds(address(number), password(number, round)) && isReady(credential(number)));
  }

  /** Waits until SES and every status have this round's password, of the first so many. */
  public void awaitAllApplied(int count, int round) {
    SenderBook senders = world.ses().senders();
    Awaitility.await("round " + round + " of " + count + " credentials")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(() ->
            IntStream.range(0, count)
                    .allMatch(number -> senders.holds(address(number), password(number, round)))
                && ready() == count);
  }

  private SmtpCredential credential(int number) {
    return world
        .client()
        .resources(SmtpCredential.class)
        .inNamespace(namespace)
        .withName(name(number))
        .get();
  }

  public String namespace() {
    return namespace;
  }

  /** The name of the credential and of its Secret. */
  public String name(int number) {
    return prefix + number;
  }

  public String address(int number) {
    return name(number) + "@mail.example.com";
  }

  /** Takes all of it away, for other tests list what there is. */
  @Override
  public void close() {
    world.client().resources(SmtpCredential.class).inNamespace(namespace).delete();
    world.client().secrets().inNamespace(namespace).delete();
    IntStream.range(1, accounts)
        .mapToObj(this::account)
        .forEach(name -> world.client().resources(SesAccount.class).withName(name).delete());
  }

  private String account(int number) {
    return number == 0 ? world.account() : world.account() + "-" + number;
  }

  private long ready() {
    return world
        .client()
        .resources(SmtpCredential.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .filter(Fleet::isReady)
        .count();
  }

  private static boolean isReady(SmtpCredential credential) {
    return credential
        .statusOrNone()
        .condition(Condition.READY)
        .filter(Condition::holds)
        .isPresent();
  }

  /** The password that {@link #rotate} writes. */
  public String password(int number, int round) {
    return "Aa1Bb2-%d-%d".formatted(1000 + number, 100 + round);
  }
}
