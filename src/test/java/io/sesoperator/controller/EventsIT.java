package io.sesoperator.controller;

import static io.sesoperator.api.Reason.APPLIED;
import static io.sesoperator.api.Reason.AVAILABLE;
import static io.sesoperator.api.Reason.INVALID_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.World;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class EventsIT {

  private static final String PASSWORD = Canary.password();

  @Test
  void tellTheOwnerOnceWhatReadyCameToMean(RealApiServer server) throws Exception {
    try (World world = World.on(server).withAccount()) {
      world.sesAccount().await(AVAILABLE);
      Mailbox box = world.mailbox("shop").withPassword("short").withCredential();
      box.await(INVALID_PASSWORD);
      box.withPassword(PASSWORD).awaitApplied(PASSWORD);
      box.secret()
          .edit(secret ->
              new SecretBuilder(secret).editMetadata().addToLabels("a", "b").endMetadata().build());
      world.awaitIdle();

      Awaitility.await("events").until(() -> events(world, box).size() >= 2);

      assertThat(events(world, box))
          .extracting(Event::getType, Event::getReason)
          .containsExactlyInAnyOrder(
              tuple("Warning", "InvalidPassword"), tuple("Normal", "Applied"));
      assertThat(events(world, box))
          .extracting(event -> event.getRegarding().getUid())
          .containsOnly(box.credential().get().getMetadata().getUid());
    }
  }

  @Test
  void countWhatIsToldAgain(RealApiServer server) throws Exception {
    try (World world = World.on(server).withAccount()) {
      Mailbox box = world.mailbox("shop").withPassword("short").withCredential();
      box.await(INVALID_PASSWORD);
      box.withPassword(PASSWORD).awaitApplied(PASSWORD);
      box.withPassword("short").await(INVALID_PASSWORD);

      Event told = awaitTold(world, box, 2);

      assertThat(told.getSeries().getLastObservedTime().getTime())
          .isGreaterThan(told.getEventTime().getTime());
      assertThat(invalid(world, box)).hasSize(1);

      world.client().resource(told).delete();
      box.withPassword(PASSWORD).await(APPLIED);
      box.withPassword("short").await(INVALID_PASSWORD);

      Awaitility.await("a new Event").until(() -> !invalid(world, box).isEmpty());
      assertThat(invalid(world, box)).extracting(Event::getSeries).containsOnlyNulls();
    }
  }

  private static Event awaitTold(World world, Mailbox box, int count) {
    return Awaitility.await("a series")
        .until(
            () ->
                invalid(world, box).stream()
                    .filter(event -> event.getSeries() != null)
                    .filter(event -> event.getSeries().getCount() == count)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static List<Event> invalid(World world, Mailbox box) {
    return events(world, box).stream()
        .filter(event -> event.getReason().equals(INVALID_PASSWORD.wire()))
        .toList();
  }

  private static List<Event> events(World world, Mailbox box) {
    return world
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(world.tenant())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(box.name()))
        .toList();
  }
}
