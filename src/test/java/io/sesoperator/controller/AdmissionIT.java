package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.NOT_ALLOWED;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An account decides which namespace may manage which address, and may think again. */
@ExtendWith(RealApiServerExtension.class)
class AdmissionIT {

  private static final String PASSWORD = Canary.password();

  private final World world;

  AdmissionIT(RealApiServer server) throws Exception {
    this.world = World.on(server).withAccount();
    world.sesAccount().await(AVAILABLE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void refusesAnotherNamespaceUntilItIsAllowed() {
    Mailbox box =
        world.mailbox("shop").of(world.neighbour()).withPassword(PASSWORD).withCredential();

    assertThatStatus(box.await(NOT_ALLOWED))
        .isStalled(NOT_ALLOWED)
        .says(
            "SesAccount " + world.account() + " does not allow this namespace to manage",
            "Ask for an entry in its allowedConsumers");
    assertThat(box.calls()).isEmpty();

    allow("{namespaces: [%s, %s], addresses: ['*']}".formatted(world.tenant(), world.neighbour()));

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void refusesAnotherAddressUntilItIsAllowed() {
    world.ses().senders().add("boss@corp.example.com");
    Mailbox box =
        world.mailbox("boss", "boss@corp.example.com").withPassword(PASSWORD).withCredential();

    assertThatStatus(box.await(NOT_ALLOWED)).isStalled(NOT_ALLOWED);
    allow("{namespaces: [%s], addresses: ['boss@corp.*']}".formatted(world.tenant()));

    box.awaitApplied(PASSWORD);
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void doesNotTellWhetherAForbiddenAddressExists() {
    world.ses().senders().add("real@corp.example.com");
    Mailbox real = world.mailbox("real", "real@corp.example.com");
    Mailbox none = world.mailbox("none", "none@corp.example.com");

    String ofReal = refusal(real.withPassword(PASSWORD).withCredential());
    String ofNone = refusal(none.withCredential());

    assertThat(ofReal.replace("real@", "none@")).isEqualTo(ofNone);
    assertThat(real.calls()).isEmpty();
    assertThat(none.calls()).isEmpty();
  }

  @Test
  void followsTheLabelsOfANamespace() {
    allow("{namespaceSelector: {matchLabels: {mail: sender}}, addresses: ['*']}");
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    assertThatStatus(box.await(NOT_ALLOWED)).isStalled(NOT_ALLOWED);

    label(Map.of("mail", "sender"));
    box.awaitApplied(PASSWORD);

    label(Map.of());
    assertThatStatus(box.await(NOT_ALLOWED)).isStalled(NOT_ALLOWED);
    assertThat(box.holds(PASSWORD)).isTrue();

    label(Map.of("mail", "sender"));
    assertThatStatus(box.await(APPLIED)).isApplied();
    assertThat(box.calls()).hasSize(1);
  }

  @Test
  void pushesNothingMoreOnceTheAddressIsForbidden() {
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);

    allow("{namespaces: [%s], addresses: [other@mail.example.com]}".formatted(world.tenant()));
    box.await(NOT_ALLOWED);
    box.withPassword(Canary.password());
    allow(
        "{namespaces: [%s], addresses: [other@mail.example.com, 'marker*@mail.example.com']}"
            .formatted(world.tenant()));
    world.awaitIdle();

    assertThatStatus(box.status()).isStalled(NOT_ALLOWED);
    assertThat(box.calls()).hasSize(1);
  }

  private void allow(String consumer) {
    world.sesAccount().patch("spec: {allowedConsumers: [%s]}".formatted(consumer));
  }

  private void label(Map<String, String> labels) {
    world
        .client()
        .namespaces()
        .withName(world.tenant())
        .edit(namespace ->
            new NamespaceBuilder(namespace)
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build());
  }

  private static String refusal(Mailbox box) {
    return box.await(NOT_ALLOWED).condition(Condition.READY).orElseThrow().message();
  }
}
