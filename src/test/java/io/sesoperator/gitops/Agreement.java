package io.sesoperator.gitops;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.kube.KubernetesJson;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Whether kstatus, Argo CD and Flux say of a resource what its conditions mean. They run once for
 * each shape of a status: all that scripts and expressions can look at, except for times and
 * messages.
 */
public final class Agreement {

  /** What the tools shall say. */
  private record Verdict(KstatusPort kstatus, String argo, KstatusPort flux) {}

  private static final Verdict UNOBSERVED =
      new Verdict(KstatusPort.IN_PROGRESS, "Progressing", KstatusPort.IN_PROGRESS);

  private static final String CREDENTIAL = "SmtpCredential";
  private static final KubernetesSerialization JSON = KubernetesJson.create();
  private static final Map<String, LuaScript> ARGO =
      Map.of(CREDENTIAL, health(CREDENTIAL), "SesAccount", health("SesAccount"));
  private static final Map<String, HealthCheck> FLUX = FluxExample.healthChecks();

  private static final LongAdder STATUSES = new LongAdder();
  private static final Set<Seen.Shape> SHAPES = ConcurrentHashMap.newKeySet();

  private Agreement() {}

  /**
   * Holds a status that was made for {@code generation} against the table.
   *
   * @throws AssertionError if a tool reads it otherwise
   */
  public static void check(SmtpCredentialStatus status, long generation) {
    check(
        new Seen(
            CREDENTIAL, generation, false, false, status.observedGeneration(), status.conditions()),
        () -> {
          SmtpCredential credential = new SmtpCredential();
          credential.getMetadata().setGeneration(generation);
          credential.setStatus(status);
          return credential;
        });
  }

  /**
   * Holds a credential against the table.
   *
   * @throws AssertionError if a tool reads it otherwise
   */
  public static void check(SmtpCredential credential) {
    var status = credential.statusOrNone();
    boolean suspended = credential.getSpec() != null && credential.getSpec().suspend();
    check(
        Seen.of(credential, suspended, status.observedGeneration(), status.conditions()),
        () -> credential);
  }

  /**
   * Holds an account against the table.
   *
   * @throws AssertionError if a tool reads it otherwise
   */
  public static void check(SesAccount account) {
    var status = account.statusOrNone();
    check(Seen.of(account, false, status.observedGeneration(), status.conditions()), () -> account);
  }

  /** How many statuses were looked at in this JVM, and of how many shapes they were, if any. */
  static Optional<String> tally() {
    return Optional.of("kstatus, Argo CD and Flux agree on %,d statuses of %,d shapes")
        .filter(_ -> STATUSES.sum() > 0)
        .map(text -> String.format(Locale.ROOT, text, STATUSES.sum(), SHAPES.size()));
  }

  private static void check(Seen seen, Supplier<CustomResource<?, ?>> resource) {
    STATUSES.increment();
    Optional<Seen.Shape> shape = seen.shape();
    if (shape.filter(SHAPES::contains).isEmpty()) {
      compare(seen, json(resource.get()));
      shape.ifPresent(SHAPES::add);
    }
  }

  private static void compare(Seen seen, Map<String, Object> json) {
    Verdict tools =
        new Verdict(
            KstatusPort.of(json),
            ARGO.get(seen.kind()).run(json).get("status").toString(),
            FLUX.get(seen.kind()).of(json));
    Verdict table = seen.isObserved() ? table(seen) : UNOBSERVED;
    Verdict expected =
        new Verdict(
            seen.deleted() ? KstatusPort.TERMINATING : table.kstatus,
            seen.suspended() ? "Suspended" : table.argo,
            table.flux);
    if (!tools.equals(expected)) {
      throw new AssertionError("%s, and not %s, of %s".formatted(tools, expected, json));
    }
  }

  /** What each situation looks like, and what follows from it. */
  private static Verdict table(Seen seen) {
    String situation =
        "Ready=%s Reconciling=%s Stalled=%s"
            .formatted(seen.status("Ready"), seen.status("Reconciling"), seen.status("Stalled"));
    return switch (situation) {
      case "Ready=True Reconciling= Stalled=" ->
          new Verdict(KstatusPort.CURRENT, "Healthy", KstatusPort.CURRENT);
      case "Ready=Unknown Reconciling=True Stalled=", "Ready=False Reconciling=True Stalled=" ->
          new Verdict(KstatusPort.IN_PROGRESS, "Progressing", KstatusPort.IN_PROGRESS);
      case "Ready=False Reconciling= Stalled=True" ->
          new Verdict(KstatusPort.FAILED, "Degraded", KstatusPort.FAILED);
      default -> throw new AssertionError("No situation looks like this: " + situation);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(CustomResource<?, ?> resource) {
    Map<String, Object> json = JSON.unmarshal(JSON.asJson(resource), Map.class);
    json.putIfAbsent("status", new HashMap<>(Map.of("observedGeneration", -1))); // as the schema
    Examples.map(json.get("status")).remove("conditions", List.of());
    return LongNumbers.in(json);
  }

  private static LuaScript health(String kind) {
    return new ArgoExample(kind).health();
  }
}
