package io.sesoperator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewSpecBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MockApiServerTest {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("ses-operator")
          .withForce(true)
          .build();

  private final MockApiServer server = new MockApiServer();
  private final String namespace = server.newNamespace();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void keepsStatusApartFromSpec() {
    SmtpCredential created = create();

    assertThat(created.getStatus()).isNull();
    assertThat(created.getSpec().emailAddress()).isEqualTo("noreply@mail.example.com");
  }

  @Test
  void appliesAStatusAndLeavesTheRest() {
    SmtpCredential created = create();

    SmtpCredential applied = applyStatus("");

    assertThat(applied.getStatus()).isEqualTo(FullObjects.credential().getStatus());
    assertThat(applied.getSpec()).isEqualTo(created.getSpec());
    assertThat(applied.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(version(applied)).isGreaterThan(version(created));
  }

  @Test
  void changesNothingWhenTheStatusIsTheSame() {
    create();

    assertThat(version(applyStatus(""))).isEqualTo(version(applyStatus("")));
  }

  @Test
  void answersAStaleVersionWithAConflict() {
    SmtpCredential created = create();
    applyStatus(created.getMetadata().getResourceVersion());

    assertThatThrownBy(() -> applyStatus(created.getMetadata().getResourceVersion()))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void answersAnApplyToTheStatusOfNothingWithNotFound() {
    assertThatThrownBy(() -> applyStatus(""))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void createsWhatIsAppliedOrMergesIt() {
    apply(new EventBuilder(event()).withReason("Applied").withType("Normal").build());
    apply(new EventBuilder(event()).withReason("Throttled").build());

    Event stored = server.client().resource(event()).get();
    assertThat(stored.getReason()).isEqualTo("Throttled");
    assertThat(stored.getType()).isEqualTo("Normal");
  }

  @Test
  void storesTheTextOfASecretAsItsData() {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("smtp")
            .withNamespace(namespace)
            .endMetadata()
            .addToData("other", "b2xk")
            .addToStringData("password", "Ab12Cd34Ef56")
            .build();

    Secret created = server.client().resource(secret).create();
    Secret patched =
        server
            .client()
            .resource(secret)
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"stringData\":{\"other\":\"new\"}}");

    assertThat(created.getData())
        .containsOnly(entry("other", "b2xk"), entry("password", "QWIxMkNkMzRFZjU2"));
    assertThat(patched.getData())
        .containsOnly(entry("other", "bmV3"), entry("password", "QWIxMkNkMzRFZjU2"));
    assertThat(patched.getStringData()).isNullOrEmpty();
  }

  @Test
  void permitsLeaderElection() {
    SelfSubjectRulesReview review = new SelfSubjectRulesReview();
    review.setSpec(new SelfSubjectRulesReviewSpecBuilder().withNamespace(namespace).build());

    SelfSubjectRulesReview answer = server.client().resource(review).create();

    assertThat(answer.getStatus().getResourceRules().getFirst().getVerbs()).containsExactly("*");
  }

  @Test
  void tellsAVersion() {
    assertThat(server.client().getKubernetesVersion().getMinor()).isEqualTo("36");
  }

  private SmtpCredential create() {
    SmtpCredential credential = FullObjects.credential();
    credential.getMetadata().setNamespace(namespace);
    return server.client().resource(credential).create();
  }

  private SmtpCredential applyStatus(String version) {
    SmtpCredential fresh = new SmtpCredential();
    fresh.getMetadata().setName("noreply");
    fresh.getMetadata().setNamespace(namespace);
    fresh.getMetadata().setResourceVersion(version.isEmpty() ? null : version);
    fresh.setSpec(null);
    SmtpCredentialStatus status = FullObjects.credential().getStatus();
    fresh.setStatus(status);
    return server.client().resource(fresh).subresource("status").patch(APPLY);
  }

  private void apply(Event event) {
    server.client().resource(event).patch(APPLY);
  }

  private Event event() {
    return new EventBuilder()
        .withNewMetadata()
        .withName("noreply.1")
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  private static long version(SmtpCredential credential) {
    return Long.parseLong(credential.getMetadata().getResourceVersion());
  }
}
