package io.sesoperator.runtime;

import static io.sesoperator.api.Reason.INVALID_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.sesoperator.kube.Right;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.testing.Cable;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import io.sesoperator.testing.Mailbox;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import io.sesoperator.testing.TestClock;
import io.sesoperator.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A right is taken away below an operator that runs. */
@ExtendWith(RealApiServerExtension.class)
class LostRightsIT {

  private static final String PASSWORD = Canary.password();
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Logger logger = (Logger) LoggerFactory.getLogger(LostRights.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final RealApiServer server;
  private final World world;
  private final Map<Setting, String> settings;

  LostRightsIT(RealApiServer server) {
    this.server = server;
    this.world = World.withoutOperator(server);
    this.settings = world.settings();
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void end() {
    logger.detachAppender(log);
    world.close();
  }

  static Stream<Grant> watches() {
    return rights("watch");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("watches")
  void endsTheProcessWhenAWatchIsOpenedAnewAndRefused(Grant watch) throws Exception {
    try (Cable cable = Cable.to(server.config());
        OperatorRuntime _ = start(cable.through(ChartRights.grant(server, world.system())))) {
      take(watch);

      cable.cut();
      cable.mend();

      assertThat(ended.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(log.list)
          .extracting(ILoggingEvent::getLevel)
          .containsExactly(Level.ERROR, Level.ERROR);
      assertThat(missing()).contains("watch " + watch.resource());
    }
  }

  static Stream<Grant> necessities() {
    return Stream.concat(rights("patch"), rights("get"))
        .filter(grant -> !Set.of("leases", "events").contains(grant.resource()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("necessities")
  void triesAgainUntilTheRightIsGrantedAgain(Grant right) throws Exception {
    Mailbox box = world.mailbox("shop");
    try (OperatorRuntime _ = start(ChartRights.grant(server, world.system()))) {
      take(right);

      world.withAccount();
      box.withPassword(PASSWORD).withCredential("deletionPolicy: Revoke"); // patches it, too

      awaitMissing(right);
      assertThat(box.calls()).isEmpty();
      ChartRights.set(server, world.system(), ChartRights.all());
      box.awaitApplied(PASSWORD);
      assertThat(box.calls()).hasSize(1);
      assertThat(ended.getCount()).as("the process goes on").isEqualTo(1);
    }
  }

  @Test
  void goesOnWithoutEvents() throws Exception {
    Grant events = rightToEvents("create");
    Mailbox box = world.mailbox("shop");
    try (OperatorRuntime _ = start(ChartRights.grant(server, world.system()))) {
      take(events);

      world.withAccount();
      box.withPassword(PASSWORD).withCredential().awaitApplied(PASSWORD);

      awaitMissing(events);
      assertThat(ended.getCount()).as("the process goes on").isEqualTo(1);
      assertThat(
              world.client().resources(Event.class).inNamespace(world.tenant()).list().getItems())
          .isEmpty();
    }
  }

  @Test
  void goesOnWithoutSeriesOfEvents() throws Exception {
    Grant series = rightToEvents("patch");
    Mailbox box = world.mailbox("shop");
    try (OperatorRuntime _ = start(ChartRights.grant(server, world.system()))) {
      take(series);

      world.withAccount();
      box.withPassword("short").withCredential().await(INVALID_PASSWORD);
      box.withPassword(PASSWORD).awaitApplied(PASSWORD);
      box.withPassword("short").await(INVALID_PASSWORD);

      awaitMissing(series);
      assertThat(ended.getCount()).as("the process goes on").isEqualTo(1);
    }
  }

  private static Grant rightToEvents(String verb) {
    return rights(verb).filter(right -> right.resource().equals("events")).findAny().orElseThrow();
  }

  @Test
  void saysWhyTheLeaseIsLost() throws Exception {
    settings.put(Setting.LEADER_ELECTION, "true");
    settings.put(Setting.LEASE_DURATION, "3s");
    settings.put(Setting.LEASE_RENEW_DEADLINE, "1s");
    settings.put(Setting.LEASE_RETRY_PERIOD, "100ms");
    Grant renewal =
        rights("patch").filter(right -> right.resource().equals("leases")).findAny().orElseThrow();
    try (OperatorRuntime leader = start(ChartRights.grant(server, world.system()))) {
      Awaitility.await("a leader").until(leader::isLeading);

      take(renewal);

      assertThat(ended.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(missing()).isEqualTo(renewal.inOwn(world.system()).toString());
    }
  }

  @Test
  void looksOnceWhileManyRequestsAreRefused() {
    TestClock clock = new TestClock();
    LostRights lost =
        new LostRights(
            new Rights(server.client(), List.of(Right.inCluster("", "secrets", "get"))),
            clock,
            ended::countDown);
    final long before = server.audit().position();

    IntStream.range(0, 100).forEach(_ -> lost.refused());
    awaitReviews(before, 1);
    clock.advance(Duration.ofSeconds(10));
    IntStream.range(0, 100).forEach(_ -> lost.refused());

    awaitReviews(before, 2);
    assertThat(log.list).as("what is told when no right is missing").isEmpty();
  }

  private void awaitReviews(long position, int count) {
    Awaitility.await("reviews")
        .until(() ->
            server.audit().since(position).stream()
                    .filter(request -> request.resource().equals("selfsubjectaccessreviews"))
                    .count()
                == count);
  }

  private static Stream<Grant> rights(String verb) {
    return ChartRights.all().stream().filter(grant -> grant.verb().equals(verb));
  }

  private void take(Grant right) {
    ChartRights.set(server, world.system(), ChartRights.allBut(right));
  }

  private void awaitMissing(Grant right) {
    Awaitility.await("word of the missing right").atMost(SOON).until(() -> !log.list.isEmpty());
    assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.ERROR);
    assertThat(missing()).contains(right.verb() + " " + right.resource());
  }

  private String missing() {
    return log.list.getFirst().getKeyValuePairs().getFirst().value.toString();
  }

  private OperatorRuntime start(Config config) throws Exception {
    return OperatorRuntime.start(
        SettingsReader.read(settings, Map.of()),
        new Surroundings(
            config, "test", CredentialSource.none(), Clock.systemUTC(), ended::countDown));
  }
}
