package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.CallLog.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * One credential in a {@link World}, with a Secret of the same name and an address of its own, so
 * that many tests can share a world.
 */
public final class Mailbox {

  /** What a merge patch needs. */
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final World world;
  private final String namespace;
  private final String name;
  private final String address;

  Mailbox(World world, String namespace, String name, String address) {
    this.world = world;
    this.namespace = namespace;
    this.name = name;
    this.address = address;
  }

  public String name() {
    return name;
  }

  public String address() {
    return address;
  }

  /** The same, in another namespace. */
  public Mailbox of(String otherNamespace) {
    return new Mailbox(world, otherNamespace, name, address);
  }

  /** The same address, in the hands of another credential. */
  public Mailbox rival(String itsNamespace, String itsName) {
    return new Mailbox(world, itsNamespace, itsName, address);
  }

  /** Creates the Secret with this password, or replaces what it holds. */
  public Mailbox withPassword(String password) {
    return withSecret("password", password.getBytes(UTF_8));
  }

  /** Creates the Secret with this one entry, or replaces what it holds. */
  public Mailbox withSecret(String key, byte[] value) {
    secret(name, Map.of(key, Base64.getEncoder().encodeToString(value)));
    return this;
  }

  /** Creates a Secret of another name with this password. */
  public Mailbox withOtherSecret(String secret, String password) {
    secret(
        secret, Map.of("password", Base64.getEncoder().encodeToString(password.getBytes(UTF_8))));
    return this;
  }

  private void secret(String secret, Map<String, String> data) {
    Secret wanted =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(secret)
            .endMetadata()
            .withData(data)
            .build();
    world.client().resource(wanted).createOr(existing -> existing.update());
  }

  /** The Secret in the cluster. */
  public Resource<Secret> secret() {
    return world.client().secrets().inNamespace(namespace).withName(name);
  }

  /** Creates the credential, with these further lines of spec, each flat YAML. */
  public Mailbox withCredential(String... lines) {
    String yaml =
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
            .formatted(name, namespace, address, world.account(), name, String.join("\n  ", lines));
    world
        .client()
        .resource(world.client().getKubernetesSerialization().unmarshal(yaml, SmtpCredential.class))
        .create();
    return this;
  }

  /** The credential in the cluster. */
  public Resource<SmtpCredential> credential() {
    return world.client().resources(SmtpCredential.class).inNamespace(namespace).withName(name);
  }

  /** Returns in a later second, so that a credential made then counts as younger. */
  public void awaitLaterSecond() {
    Instant start = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    Awaitility.await("a later second")
        .pollInterval(POLL)
        .until(() -> Clock.systemUTC().instant().minusSeconds(1).isAfter(start));
  }

  /** Changes the credential by a merge patch, in JSON or YAML. */
  public void patch(String patch) {
    credential().patch(MERGE, patch);
  }

  /** Changes the status by a merge patch, as {@code kubectl patch --subresource status} does. */
  public void patchStatus(String patch) {
    credential().subresource("status").patch(MERGE, patch);
  }

  public SmtpCredentialStatus status() {
    return credential().get().statusOrNone();
  }

  /** Waits until the status satisfies {@code goal}, and returns it. */
  public SmtpCredentialStatus await(Predicate<SmtpCredentialStatus> goal) {
    return Awaitility.await("the status of " + name)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(this::status, goal);
  }

  /** Waits until Ready has this reason. */
  public SmtpCredentialStatus await(Reason reason) {
    return await(status -> has(status, reason.wire()));
  }

  /** Waits until SES holds this password and status says so. */
  public SmtpCredentialStatus awaitApplied(String password) {
    Awaitility.await("the password of " + address)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> holds(password));
    return await(Reason.APPLIED);
  }

  /** Whether SES holds this password for the address. */
  public boolean holds(String password) {
    return world.ses().senders().holds(address, password);
  }

  /** The status at the time when Ready had this reason, though it may have passed since. */
  public SmtpCredentialStatus awaitSeen(Reason reason) {
    return awaitSeen(status -> has(status, reason.wire()));
  }

  /** The first status that satisfied {@code goal}, though it may have passed since. */
  public SmtpCredentialStatus awaitSeen(Predicate<SmtpCredentialStatus> goal) {
    return Awaitility.await("a status that " + name + " had")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> history().stream().filter(goal).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** All statuses so far, oldest first. */
  public List<SmtpCredentialStatus> history() {
    return world.history(namespace, name);
  }

  /** The calls that were to set the password of the address, whatever became of them. */
  public List<Call> calls() {
    return world.ses().calls().all().stream()
        .filter(call -> call.address().equals(address))
        .toList();
  }

  /** Whether Ready has this reason. */
  static boolean has(SmtpCredentialStatus status, String reason) {
    return status
        .condition(Condition.READY)
        .filter(ready -> ready.reason().equals(reason))
        .isPresent();
  }
}
