package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.NOT_ALLOWED;
import static io.sesoperator.api.Reason.SES_UNAVAILABLE;
import static io.sesoperator.testing.StatusAssert.assertThatStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.simulator.Hold;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An account decides which namespace may manage which address, and may think again. */
@ExtendWith(RealApiServerExtension.class)
class AdmissionIT {

  private static final String PASSWORD = Canary.password();
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";

  private static final String BY_LABEL =
      "{namespaceSelector: {matchLabels: {mail: sender}}, addresses: ['*']}";

  /** For those that the world makes to find out that nothing is left to do. */
  private static final String MARKERS =
      "{namespaces: [%s], addresses: ['marker*@mail.example.com']}";

  /** Entries that do not admit shop@mail.example.com of our labels, and similar ones that do. */
  private static final String[][] ENTRIES = {
    {
      "{namespaces: [OURS], addresses: [chop@mail.example.com]}",
      "{namespaces: [OURS], addresses: [shop@mail.example.com]}"
    },
    {
      "{namespaces: [OURS], addresses: ['*@example.com']}",
      "{namespaces: [OURS], addresses: ['*@mail.example.com']}"
    },
    {
      "{namespaces: [OURS], addresses: ['S*p@mail.*']}",
      "{namespaces: [OURS], addresses: ['s*p@mail.*']}"
    },
    {
      "{namespaces: [THEIRS], addresses: ['*']}", "{namespaces: [THEIRS, OURS], addresses: ['*']}",
    },
    {
      "{namespaces: [THEIRS], addresses: ['*']}, {namespaces: [OURS], addresses: ['chop@*']}",
      "{namespaces: [THEIRS], addresses: ['*']}, {namespaces: [OURS], addresses: ['shop@*']}",
    },
    {
      "{namespaceSelector: {matchLabels: {mail: sender, stage: test}}, addresses: ['*']}",
      "{namespaceSelector: {}, addresses: ['*']}",
    },
    {
      "{namespaceSelector: {matchLabels: {mail: reader}}, addresses: ['*']}",
      "{namespaceSelector: {matchLabels: {mail: sender, stage: prod}}, addresses: ['*']}",
    },
    {
      "{namespaceSelector: {matchExpressions: [{key: stage, operator: In, values: [test]}]},"
          + " addresses: ['*']}",
      "{namespaceSelector: {matchExpressions: [{key: stage, operator: In, values: [test, prod]}]},"
          + " addresses: ['*']}",
    },
    {
      "{namespaceSelector: {matchExpressions: [{key: stage, operator: NotIn, values: [prod]}]},"
          + " addresses: ['*']}",
      "{namespaceSelector: {matchExpressions: [{key: stage, operator: NotIn, values: [test]}]},"
          + " addresses: ['*']}",
    },
    {
      "{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}, addresses: ['*']}",
      "{namespaceSelector: {matchExpressions: [{key: mail, operator: Exists}]}, addresses: ['*']}",
    },
    {
      "{namespaceSelector: {matchExpressions: [{key: mail, operator: DoesNotExist}]},"
          + " addresses: ['*']}",
      "{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]},"
          + " addresses: ['*']}",
    }
  };

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
    assertThat(box.status().sender()).as("whether SES has such a sender").isEmpty();
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
    final int calls = world.ses().calls().all().size();

    List<String> ofReal = told(real.withPassword(PASSWORD).withCredential());
    List<String> ofNone = told(none.withPassword(PASSWORD).withCredential());

    assertThat(ofReal).isEqualTo(ofNone);
    assertThat(world.ses().calls().all()).as("calls to SES, of any kind").hasSize(calls);
  }

  @Test
  void readsEveryKindOfEntry() {
    world.label(Map.of("mail", "sender", "stage", "prod"));
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    box.awaitApplied(PASSWORD);

    for (String[] entries : ENTRIES) {
      assertVerdict(box, NOT_ALLOWED, entries[0]);
      assertVerdict(box, APPLIED, entries[1]);
    }

    assertThat(box.calls()).hasSize(1);
  }

  private void assertVerdict(Mailbox box, Reason verdict, String consumers) {
    allow(consumers.replace("OURS", world.tenant()).replace("THEIRS", world.neighbour()));

    assertThatCode(() -> box.await(verdict)).as(consumers).doesNotThrowAnyException();
  }

  @Test
  void followsTheLabelsOfANamespace() {
    allow(BY_LABEL);
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD).withCredential();
    assertThatStatus(box.await(NOT_ALLOWED)).isStalled(NOT_ALLOWED);

    world.label(Map.of("mail", "sender"));
    box.awaitApplied(PASSWORD);

    world.label(Map.of());
    assertThatStatus(box.await(NOT_ALLOWED)).isStalled(NOT_ALLOWED);
    assertThat(box.holds(PASSWORD)).isTrue();

    world.label(Map.of("mail", "sender"));
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

  @Test
  void sendsNothingAgainOnceTheAddressIsForbidden() {
    world.label(Map.of("mail", "sender"));
    allow(BY_LABEL + ", " + MARKERS.formatted(world.tenant()));
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD);
    world.ses().faults().writes().to(box.address()).always().answerStatus(500);
    box.withCredential().await(SES_UNAVAILABLE);

    world.label(Map.of());
    box.await(NOT_ALLOWED);
    final int calls = box.calls().size();
    awaitEveryAttemptThatWasPlanned(box);
    world.awaitIdle();

    assertThatStatus(box.status()).isStalled(NOT_ALLOWED);
    assertThat(box.calls()).hasSize(calls);
  }

  @Test
  void forbidsAnAddressWhileACallForItIsInFlight() {
    Mailbox box = world.mailbox("shop").withPassword(PASSWORD);
    Hold call = world.ses().faults().writes().to(box.address()).hold();
    box.withCredential();
    call.awaitArrival(Duration.ofSeconds(30));

    allow(MARKERS.formatted(world.tenant()));
    call.release();

    SmtpCredentialStatus status = box.await(NOT_ALLOWED);
    assertThatStatus(status).isStalled(NOT_ALLOWED);
    assertThat(status.applied()).as("what SES holds, nevertheless").isPresent();
    assertThat(box.holds(PASSWORD)).isTrue();
    box.withPassword(Canary.password());
    world.awaitIdle();
    assertThatStatus(box.status()).isStalled(NOT_ALLOWED);
    assertThat(box.calls()).hasSize(1);
  }

  private static void awaitEveryAttemptThatWasPlanned(Mailbox box) {
    Instant last =
        box.history().stream()
            .flatMap(status -> status.nextAttemptTime().stream())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Awaitility.await("the time of the next attempt")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Clock.systemUTC().instant().isAfter(last));
  }

  private void allow(String consumers) {
    world.sesAccount().patch("spec: {allowedConsumers: [%s]}".formatted(consumers));
  }

  /** All that the tenant is told, by status and by an Event. */
  private List<String> told(Mailbox box) {
    String status = box.await(NOT_ALLOWED).toString().replaceAll(TIME, "");
    Event event =
        Awaitility.await("an Event")
            .until(() -> events(box), Predicate.not(List::isEmpty))
            .getLast();
    return Stream.of(status, event.getType(), event.getReason(), event.getNote())
        .map(text -> text.replace(box.address(), "ADDRESS"))
        .toList();
  }

  private List<Event> events(Mailbox box) {
    return world
        .client()
        .resources(Event.class)
        .inNamespace(world.tenant())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(box.name()))
        .toList();
  }
}
