package io.sesoperator.testing;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The account of a {@link World}, as its platform team handles it. */
public final class Account {

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world;

  Account(World world) {
    this.world = world;
  }

  /** Puts these keys into the Secret that the account names. */
  public void setKeys(String secretId, String secretKey) {
    world.secret(world.system(), World.KEYS, Map.of("secretId", secretId, "secretKey", secretKey));
  }

  /** Puts this alone into the Secret that the account names. */
  public void setSecret(Map<String, String> data) {
    world.secret(world.system(), World.KEYS, data);
  }

  public void deleteSecret() {
    world.client().secrets().inNamespace(world.system()).withName(World.KEYS).delete();
  }

  /** The account in the cluster. */
  public Resource<SesAccount> resource() {
    return world.client().resources(SesAccount.class).withName(world.account());
  }

  /** Lets the neighbour manage the same senders as the tenant. */
  public void share() {
    patch(
        "spec: {allowedConsumers: [{namespaces: [%s, %s], addresses: ['*@mail.example.com']}]}"
            .formatted(world.tenant(), world.neighbour()));
  }

  /** Changes the account by a merge patch, in JSON or YAML. */
  public void patch(String patch) {
    resource().patch(MERGE, patch);
  }

  /** Changes the status by a merge patch, as {@code kubectl patch --subresource status} does. */
  public void patchStatus(String patch) {
    resource().subresource("status").patch(MERGE, patch);
  }

  /** Waits until Ready has this reason. */
  public SesAccountStatus await(Reason reason) {
    return await(status ->
        status
            .condition(Condition.READY)
            .filter(ready -> ready.reason().equals(reason.wire()))
            .isPresent());
  }

  /** Waits until the status satisfies {@code goal}, and returns it. */
  public SesAccountStatus await(Predicate<SesAccountStatus> goal) {
    return Awaitility.await("the status of the account")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> resource().get().statusOrNone(), goal);
  }
}
