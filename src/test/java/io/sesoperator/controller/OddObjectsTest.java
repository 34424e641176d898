package io.sesoperator.controller;

import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.INVALID_SPEC;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.sesoperator.api.Reason;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.MockApiServer;
import io.sesoperator.testing.World;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Objects of another shape than the CRDs allow, as an older schema may have let in. The mock server
 * validates nothing, so they can be stored there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddObjectsTest {

  private static final String PASSWORD = Canary.password();

  private final MockApiServer server = new MockApiServer();
  private final World world;

  OddObjectsTest() throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterAll
  void close() {
    world.close();
    server.close();
  }

  static Stream<Arguments> oddSpecs() {
    return Stream.of(
        Arguments.argumentSet("no spec at all", "none", "{}"),
        Arguments.argumentSet("spec is text", "text", "spec: hello"),
        Arguments.argumentSet("spec is a list", "list", "spec: [1, 2]"),
        Arguments.argumentSet("spec is null", "null", "spec: null"),
        Arguments.argumentSet(
            "numbers for names",
            "numbers",
            "spec: {emailAddress: 7, accountRef: {name: 8}, passwordSecretRef: {name: 9}}"),
        Arguments.argumentSet(
            "no Secret", "secretless", "spec: {emailAddress: noreply@mail.example.com}"),
        Arguments.argumentSet(
            "status is a list",
            "status",
            "spec: {emailAddress: []}\nstatus: [{conditions: 3}, 4]"));
  }

  @ParameterizedTest
  @MethodSource("oddSpecs")
  void callsAnOddCredentialInvalidAndGoesOnWithTheOthers(String name, String content) {
    create("SmtpCredential", name, content);

    assertThatStatus(world.mailbox(name).await(INVALID_SPEC))
        .isStalled(INVALID_SPEC)
        .says("Correct the resource");
    Mailbox usual = world.mailbox("after-" + name).withPassword(PASSWORD).withCredential();
    assertThatStatus(usual.awaitApplied(PASSWORD)).isApplied();
  }

  @Test
  void ignoresWhatItDoesNotKnowAndTakesOddOptionsForTheirDefaults() {
    Mailbox box = world.mailbox("options").withPassword(PASSWORD);
    create(
        "SmtpCredential",
        "options",
        """
        spec:
          emailAddress: '%s'
          accountRef: {name: '%s', zone: 1}
          passwordSecretRef: {name: options, key: [0]}
          mode: {a: b}
          suspend: maybe
          interval: 3
          colour: blue
        """
            .formatted(box.address(), world.account()));

    assertThatStatus(box.awaitApplied(PASSWORD)).isApplied();
  }

  @Test
  void admitsNobodyToAnOddAccountAndGoesOnWithTheOthers() {
    create("SesAccount", "odd", "spec: {region: 5, allowedConsumers: all}");
    Mailbox box = world.mailbox("guest").withPassword(PASSWORD);
    create(
        "SmtpCredential",
        "guest",
        "spec: {emailAddress: '%s', accountRef: {name: odd}, passwordSecretRef: {name: guest}}"
            .formatted(box.address()));

    assertThatStatus(box.await(Reason.NOT_ALLOWED)).isStalled(Reason.NOT_ALLOWED);
    Mailbox usual = world.mailbox("regular").withPassword(PASSWORD).withCredential();
    usual.awaitApplied(PASSWORD);
    assertThat(box.calls()).isEmpty();
  }

  @Test
  void readsAnOddObjectThatWasThereBeforeItStarted() throws Exception {
    world.stopOperator();
    create("SmtpCredential", "early", "spec: 5\nstatus: {conditions: [7], applied: x}");

    world.startOperatorAgain();

    assertThatStatus(world.mailbox("early").await(INVALID_SPEC)).isStalled(INVALID_SPEC);
    world.mailbox("later").withPassword(PASSWORD).withCredential().awaitApplied(PASSWORD);
  }

  private void create(String kind, String name, String content) {
    GenericKubernetesResource odd =
        world
            .client()
            .getKubernetesSerialization()
            .unmarshal(content, GenericKubernetesResource.class);
    odd.setApiVersion("ses-operator.io/v1alpha1");
    odd.setKind(kind);
    odd.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder().withName(name).build());
    if (kind.equals("SmtpCredential")) {
      odd.getMetadata().setNamespace(world.tenant());
    }
    world.client().resource(odd).create();
  }
}
