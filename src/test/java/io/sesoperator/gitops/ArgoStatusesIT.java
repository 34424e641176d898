package io.sesoperator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * That the test data of the scripts for Argo CD is what the operator writes. What it wrote stands
 * in {@code target/argocd}, to be copied when it changes.
 */
@ExtendWith(RealApiServerExtension.class)
class ArgoStatusesIT {

  private static final String PASSWORD = Canary.password();
  private static final Path WRITTEN = Path.of("target/argocd");

  private static final Duration BETWEEN_LISTS =
      Duration.ofSeconds(11); // SES is not asked more often

  private final World world;
  private final Mailbox box;
  private final SoftAssertions differences = new SoftAssertions(); // so that all are written

  ArgoStatusesIT(RealApiServer server) {
    world = World.withoutOperator(server);
    box = world.mailbox("noreply");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void standInTheTestDataAsTheOperatorWritesThem() throws Exception {
    box.withCredential("verification: Disabled");
    world.withAccountOnly();
    isTheTestData("untouched", box.credential());
    isTheTestData("untouched", world.sesAccount().resource());

    world.startOperatorAgain();
    world.sesAccount().await(Reason.CREDENTIALS_NOT_FOUND);
    isTheTestData("stalled", world.sesAccount().resource());

    world.passTime(BETWEEN_LISTS);
    world.withAccount();
    box.await(Reason.SECRET_NOT_FOUND);
    isTheTestData("waiting", box.credential());

    box.withPassword(PASSWORD).awaitApplied(PASSWORD);
    isTheTestData("applied", box.credential());
    isTheTestData("available", world.sesAccount().resource());

    box.patch("spec: {suspend: true}");
    isTheTestData("suspended", box.credential());

    Mailbox foreign = world.mailbox("foreign", "noreply@elsewhere.example.com");
    foreign.withPassword(PASSWORD).withCredential().await(Reason.NOT_ALLOWED);
    isTheTestData("stalled", foreign.credential());
    differences.assertAll();
  }

  @Test
  void changesByActionsAreWhatTheOperatorHeeds() throws Exception {
    world.withAccount().startOperatorAgain();
    box.withPassword(PASSWORD).withCredential("verification: Disabled").awaitApplied(PASSWORD);

    world.passTime(BETWEEN_LISTS);
    act("reconcile");
    box.await(status -> status.lastHandledReconcileAt().isPresent());
    assertThat(box.calls()).hasSize(1);

    act("force");
    box.await(status -> status.lastHandledForceAt().isPresent());
    assertThat(box.calls()).hasSize(2);

    act("suspend");
    assertThat(box.credential().get().getSpec().suspend()).isTrue();
    act("resume");
    SmtpCredentialStatus status = box.await(seen -> seen.observedGeneration() == 3);
    assertThat(status.condition("Ready").orElseThrow().holds()).isTrue();
  }

  private void act(String action) {
    GenericKubernetesResource changed =
        convert(
            new ArgoExample("SmtpCredential").act(action, json(box.credential().get())),
            GenericKubernetesResource.class);
    world.client().resource(changed).update();
  }

  private void isTheTestData(String name, Resource<? extends CustomResource<?, ?>> resource)
      throws IOException {
    String yaml = asExample(resource.get());
    ArgoExample example = new ArgoExample(resource.get().getKind());
    Path written = WRITTEN.resolve(example.kind()).resolve(name + ".yaml");
    Files.createDirectories(written.getParent());
    Files.writeString(written, yaml);

    Map<String, Object> known =
        Files.exists(example.testData(name))
            ? judged(Examples.read(example.testData(name)).getFirst())
            : Map.of();
    differences
        .assertThat(judged(Examples.parse(yaml)))
        .as("what kstatus and Argo CD look at in %s", written)
        .isEqualTo(known);
  }

  /** Under the names of the quickstart, with one time for all, and without what tells nothing. */
  private String asExample(CustomResource<?, ?> resource) {
    Map<String, Object> json = json(resource);
    Map<String, Object> metadata = Examples.map(json.get("metadata"));
    metadata.keySet().retainAll(List.of("name", "namespace", "generation"));
    Examples.map(json.get("spec")).keySet().removeAll(List.of("endpoint", "smtp"));
    return world
        .client()
        .getKubernetesSerialization()
        .asYaml(new TreeMap<>(json))
        .replace(world.account(), "default")
        .replace(world.tenant(), "shop")
        .replace(world.system(), "ses-operator")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2026-11-23T10:15:30Z")
        .replaceAll(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "11111111-2222-3333-4444-555555555555")
        .replaceAll("digest: \"?[^\\s\"]+\"?", "digest: \"example:digest\"");
  }

  private static Map<String, Object> judged(Map<String, Object> resource) {
    Map<String, Object> status = Examples.map(resource.get("status"));
    return Map.of(
        "generation", Examples.map(resource.get("metadata")).get("generation"),
        "observed", status.get("observedGeneration"),
        "conditions", status.getOrDefault("conditions", List.of()));
  }

  /** As the server has it, and not as our model reads it. */
  private Map<String, Object> json(CustomResource<?, ?> resource) {
    GenericKubernetesResource itself = new GenericKubernetesResource();
    itself.setApiVersion(resource.getApiVersion());
    itself.setKind(resource.getKind());
    itself.setMetadata(resource.getMetadata());
    GenericKubernetesResource raw = world.client().resource(itself).get();
    return LongNumbers.in(convert(raw, Map.class));
  }

  private <T> T convert(Object value, Class<T> type) {
    var serialization = world.client().getKubernetesSerialization();
    return serialization.unmarshal(serialization.asJson(value), type);
  }
}
