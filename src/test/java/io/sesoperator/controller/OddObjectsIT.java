package io.sesoperator.controller;

import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.INVALID_SPEC;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Objects that an older CRD let in and the present one would not. How many shapes there are is for
 * {@link OddObjectsTest}.
 */
@ExtendWith(RealApiServerExtension.class)
class OddObjectsIT {

  private static final String PASSWORD = Canary.password();
  private static final int UNPROCESSABLE = 422;

  private final World world;
  private final Resource<CustomResourceDefinition> definition;
  private final CustomResourceDefinition strict;
  private int probes;

  OddObjectsIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    this.definition =
        server
            .client()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("smtpcredentials.ses-operator.io");
    this.strict = definition.get();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterEach
  void close() {
    tighten();
    world.client().resources(SmtpCredential.class).inNamespace(world.tenant()).delete();
    world.close();
  }

  @Test
  void goesOnWithTheOthersAfterAStartAmongObjectsOfAnotherShape() throws Exception {
    world.stopOperator();
    definition.edit(OddObjectsIT::withAnySpec);
    Awaitility.await("a loose schema").until(() -> isStored("number", 5));
    create("text", Map.of("emailAddress", 7));
    create("nothing", Map.of());
    tighten();
    Awaitility.await("a strict schema").until(() -> isRefused("probe-" + probes++, 5));

    world.startOperatorAgain();

    Mailbox usual = world.mailbox("usual").withPassword(PASSWORD).withCredential();
    assertThatStatus(usual.awaitApplied(PASSWORD)).isApplied();
    assertThatStatus(world.mailbox("nothing").await(INVALID_SPEC))
        .isStalled(INVALID_SPEC)
        .says("Correct the resource");
    // The server takes no status for an object whose fields are of other types than its schema's.
    assertThat(world.mailbox("number").status()).isEqualTo(SmtpCredentialStatus.NONE);
    assertThat(world.mailbox("text").status()).isEqualTo(SmtpCredentialStatus.NONE);
  }

  private void tighten() {
    definition.edit(
        crd -> new CustomResourceDefinitionBuilder(crd).withSpec(strict.getSpec()).build());
  }

  private static CustomResourceDefinition withAnySpec(CustomResourceDefinition crd) {
    return new CustomResourceDefinitionBuilder(crd)
        .editSpec()
        .editFirstVersion()
        .withSelectableFields(List.of())
        .editSchema()
        .editOpenAPIV3Schema()
        .addToProperties(
            "spec", new JSONSchemaPropsBuilder().withXKubernetesPreserveUnknownFields(true).build())
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private boolean isStored(String name, Object spec) {
    return !isRefused(name, spec);
  }

  private boolean isRefused(String name, Object spec) {
    try {
      create(name, spec);
      return false;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(UNPROCESSABLE);
      return true;
    }
  }

  private void create(String name, Object spec) {
    GenericKubernetesResource odd = new GenericKubernetesResource();
    odd.setApiVersion("ses-operator.io/v1alpha1");
    odd.setKind("SmtpCredential");
    odd.setMetadata(new ObjectMetaBuilder().withNamespace(world.tenant()).withName(name).build());
    odd.setAdditionalProperty("spec", spec);
    world.client().resource(odd).create();
  }
}
