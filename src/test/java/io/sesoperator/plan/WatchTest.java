package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.aCredential;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Condition;
import io.sesoperator.plan.WatchWorld.Watched;
import io.sesoperator.plan.WatchWorld.Written;
import io.sesoperator.testing.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days with proof and drift, in simulated time, at an SES that takes a while. */
class WatchTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofSeconds(10);

  /** A list comes up to a tenth later than the interval says. */
  private static final Duration INTERVAL = HOUR.plus(Duration.ofMinutes(6));

  /** Three refusals take so long, with the login that is the last. */
  private static final Duration REFUSALS = Duration.ofMinutes(3).plus(Duration.ofSeconds(2));

  private static final int SEEDS = 20;

  /** What somebody else does to a sender. */
  private enum Deed {
    CHANGED((ses, address) -> ses.change(address, "theirs")),
    DELETED(ModelledSes::delete),
    RECREATED(ModelledSes::create),
    UNSET(ModelledSes::unset);

    private final BiConsumer<ModelledSes, String> doing;

    Deed(BiConsumer<ModelledSes, String> doing) {
      this.doing = doing;
    }

    void happensTo(Watched watched, WatchWorld world) {
      doing.accept(world.ses, watched.address());
    }
  }

  // Proof

  @Test
  void provesAPasswordWithinAPollAfterSesServesIt() {
    WatchWorld world = new WatchWorld(1);
    Watched watched = settled(world, aCredential());
    world.ses.propagatesIn(() -> Duration.ofSeconds(120));
    int before = watched.logins().size();

    watched.rotateTo("second");
    Duration proved = proved(watched, world);

    assertThat(proved).isBetween(Duration.ZERO, POLL);
    assertThat(watched.logins().size() - before).isLessThanOrEqualTo(12);
  }

  @Test
  void provesAPasswordWithinAPollHoweverLongItTakes() {
    List<Duration> delays = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = settled(world, aCredential());
      world.ses.propagatesIn(takesAWhile(world));
      world.run(Duration.ofSeconds(world.random.nextInt(3600)));

      watched.rotateTo("second");
      delays.add(proved(watched, world));
    }

    List<Duration> sorted = delays.stream().sorted().toList();
    System.out.printf(
        "%d proofs came %s to %s after SES served it%n",
        SEEDS, sorted.getFirst(), sorted.getLast());
    assertThat(sorted.getFirst()).isPositive();
    assertThat(sorted.getLast()).isLessThanOrEqualTo(POLL.plus(WatchWorld.LOGIN));
  }

  @Test
  void isNotReadyWithoutTheProofThatIsRequired() {
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = settled(world, aCredential().requiresVerification());
      world.ses.propagatesIn(takesAWhile(world));
      final Instant rotated = world.clock.instant();

      watched.rotateTo("second");
      world.run(MINUTE.multipliedBy(3));
      Instant served = world.ses.servedSince(watched.address());

      assertThat(writtenSince(rotated, watched))
          .filteredOn(it -> it.time().isBefore(served))
          .isNotEmpty()
          .noneMatch(WatchTest::isReady);
      assertThat(watched.status().condition(Condition.READY)).get().matches(Condition::holds);
    }
  }

  @Test
  void tellsWithinTheWindowThatAPasswordDoesNotWork() {
    WatchWorld world = new WatchWorld(1);
    Watched watched = settled(world, aCredential().requiresVerification());
    world.ses.propagatesIn(() -> ModelledSes.NEVER);
    int before = watched.logins().size();

    watched.rotateTo("second");
    Duration told = world.runUntil(watched, says("False/LoginRefused"), HOUR).orElseThrow();

    System.out.printf("Told after %s and %d logins%n", told, watched.logins().size() - before);
    assertThat(told).isBetween(LoginSchedule.WINDOW, LoginSchedule.WINDOW.plusSeconds(1));
    assertThat(watched.status().condition(Condition.READY)).get().matches(it -> !it.holds());
    assertThat(watched.status().condition(Condition.DRIFTED)).isEmpty();
  }

  @Test
  void takesAPasswordThatWorksLaterThanTheWindow() {
    WatchWorld world = new WatchWorld(1);
    Watched watched = settled(world, aCredential().requiresVerification());
    world.ses.propagatesIn(() -> Duration.ofMinutes(12));

    watched.rotateTo("second");

    assertThat(world.runUntil(watched, says("True/LoggedIn"), HOUR).orElseThrow())
        .isLessThan(Duration.ofMinutes(18));
    assertThat(watched.status().condition(Condition.READY)).get().matches(Condition::holds);
  }

  // Drift

  @ParameterizedTest
  @EnumSource
  void saysAndDoesNothingWhereDriftIsIgnored(Deed deed) {
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = anyTime(world, aCredential().ignoresDrift());
      int before = world.ses.writes;

      deed.happensTo(watched, world);
      world.run(HOUR.multipliedBy(5));

      assertThat(world.ses.writes).isEqualTo(before);
      assertThat(watched.history())
          .noneMatch(it -> it.status().condition(Condition.DRIFTED).isPresent());
      assertThat(watched.status().condition(Condition.READY)).get().matches(Condition::holds);
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsWithinOneIntervalWhatSomebodyElseDid(Deed deed) {
    List<Duration> delays = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = anyTime(world, aCredential());
      int before = world.ses.writes;

      deed.happensTo(watched, world);
      world.runUntil(watched, WatchTest::hasDrifted, HOUR.multipliedBy(3)).ifPresent(delays::add);
      world.run(HOUR.multipliedBy(2));

      assertThat(world.ses.writes).isEqualTo(before);
      assertThat(watched.status().condition(Condition.READY)).get().matches(Condition::holds);
      assertThat(watched).matches(WatchTest::hasDrifted);
    }
    assertInTime(deed + " was told", delays);
  }

  @ParameterizedTest
  @EnumSource
  void putsItRightWithinOneIntervalWhereDriftIsEnforced(Deed deed) {
    List<Duration> delays = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = anyTime(world, aCredential().enforces());

      deed.happensTo(watched, world);
      Predicate<Watched> right =
          deed == Deed.DELETED ? WatchTest::waitsForTheSender : Watched::works;
      world.runUntil(watched, right, HOUR.multipliedBy(3)).ifPresent(delays::add);
      world.run(HOUR.multipliedBy(2));

      assertThat(watched.works()).isEqualTo(deed != Deed.DELETED);
      assertThat(isReady(watched)).isEqualTo(deed != Deed.DELETED);
    }
    assertInTime(deed + " was put right", delays);
  }

  @Test
  void putsRightWhatOnlyAskingTellsWithinOneInterval() {
    List<Duration> delays = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = world.add(aCredential().enforces().withoutVerification());
      world.run(HOUR.plus(Duration.ofMillis(world.random.nextLong(HOUR.toMillis()))));

      Deed.CHANGED.happensTo(watched, world);
      world.runUntil(watched, Watched::works, HOUR.multipliedBy(3)).ifPresent(delays::add);

      assertThat(watched).matches(WatchTest::isReady);
      assertThat(watched.status().applied().orElseThrow().outcome()).isEqualTo("Changed");
    }
    assertInTime("A change that no login could see was put right", delays);
  }

  @Test
  void asksOnceInAnIntervalAndWritesNothingOfIt() {
    WatchWorld world = new WatchWorld(3);
    Watched watched = world.add(aCredential().enforces().withoutVerification());
    world.run(HOUR);
    int written = watched.history().size();
    int asked = watched.asks().size();

    world.run(Duration.ofHours(24));

    assertThat(watched.asks().size() - asked).isBetween(23, 25);
    assertThat(watched.history()).hasSize(written);
  }

  @Test
  void asksNoMoreAgainstSomebodyWhoAlwaysSetsAnotherPassword() {
    WatchWorld world = new WatchWorld(5);
    Watched watched = world.add(aCredential().enforces().withoutVerification().every("10m"));
    world.run(HOUR);
    int before = watched.asks().size();
    for (int minute = 1; minute < 240; minute++) {
      world.after(MINUTE.multipliedBy(minute), () -> world.ses.change(watched.address(), "theirs"));
    }

    world
        .runUntil(watched, it -> reason(it).equals("Contended"), HOUR.multipliedBy(2))
        .orElseThrow();
    assertThat(watched.asks().size() - before).isEqualTo(3);
    world.run(HOUR.multipliedBy(2));

    assertThat(watched.asks().size() - before).isLessThanOrEqualTo(3 * 4);
  }

  @Test
  void givesASenderThatComesBackItsPasswordWhereDriftIsEnforced() {
    List<Duration> delays = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      WatchWorld world = new WatchWorld(seed);
      Watched watched = anyTime(world, aCredential().enforces());
      world.ses.delete(watched.address());
      world.runUntil(watched, WatchTest::waitsForTheSender, HOUR.multipliedBy(3)).orElseThrow();
      world.run(Duration.ofMinutes(world.random.nextInt(300)));

      world.ses.create(watched.address());
      world.runUntil(watched, Watched::works, HOUR.multipliedBy(3)).ifPresent(delays::add);
      world.run(HOUR);

      assertThat(watched).matches(WatchTest::isReady);
    }
    assertInTime("A sender that came back was put right", delays);
  }

  @Test
  void stopsAgainstSomebodyWhoAlwaysWantsAnotherPassword() {
    WatchWorld world = new WatchWorld(1);
    Observations often = aCredential().enforces().every("10m");
    Watched watched = settled(world, often);
    int before = world.ses.writes;
    for (int minute = 1; minute < 240; minute++) {
      world.after(MINUTE.multipliedBy(minute), () -> world.ses.unset(watched.address()));
    }

    world
        .runUntil(watched, it -> reason(it).equals("Contended"), HOUR.multipliedBy(2))
        .orElseThrow();
    assertThat(world.ses.writes - before).isEqualTo(3);
    world.run(HOUR.multipliedBy(2));

    assertThat(world.ses.writes - before).isLessThanOrEqualTo(3 * 4);
  }

  // Quiet

  @Test
  void neverCallsAHealthyPasswordDriftedOrRefused() {
    WatchWorld world = new WatchWorld(7);
    world.ses.propagatesIn(takesAWhile(world));
    List<Watched> all =
        IntStream.range(0, 40).mapToObj(_ -> world.add(aCredential().every("10m"))).toList();
    int changes = 0;
    for (Watched watched : all) {
      for (Duration time = HOUR; time.compareTo(Duration.ofHours(24)) < 0; changes++) {
        String value = "value" + changes;
        world.after(time, () -> watched.rotateTo(value));
        time = time.plusSeconds(20 + world.random.nextInt(7200));
      }
    }

    world.run(Duration.ofHours(25));

    int logins = all.stream().mapToInt(it -> it.logins().size()).sum();
    int checks = world.ses.lists * all.size() + logins;
    System.out.printf(
        "%d changes, %d logins, %d lists for %d resources: %d checks%n",
        changes, logins, world.ses.lists, all.size(), checks);
    assertThat(checks).isGreaterThan(1000);
    assertThat(all)
        .allMatch(Watched::works)
        .allMatch(says("True/LoggedIn"))
        .flatExtracting(Watched::history)
        .noneMatch(it -> it.status().condition(Condition.DRIFTED).isPresent())
        .noneMatch(it -> verified(it.status().condition(Condition.VERIFIED)).startsWith("False"));
  }

  @Test
  void neitherBunchesNorSkipsLoginsOverRestarts() {
    WatchWorld world = new WatchWorld(3);
    List<Watched> all = IntStream.range(0, 1000).mapToObj(_ -> world.add(aCredential())).toList();
    world.run(HOUR.multipliedBy(2));
    final long before = logins(all);
    final Instant begin = world.clock.instant();
    long most = 0;
    for (int restart = 0; restart < 10; restart++) {
      world.run(Duration.ofSeconds(world.random.nextInt(3600)));
      world.restart(Duration.ofSeconds(5));
      long restarted = logins(all);
      world.run(MINUTE);
      most = Math.max(most, logins(all) - restarted);
    }

    double hours = Duration.between(begin, world.clock.instant()).toSeconds() / 3600.0;
    double each = (logins(all) - before) / hours / all.size();
    System.out.printf(
        "At most %d logins in the minute after a restart; %.3f an hour for each of %d resources%n",
        most, each, all.size());
    assertThat(most).isLessThanOrEqualTo(25);
    assertThat(each).isBetween(0.97, 1.01);
  }

  @Test
  void doesNothingForADayInWhichNothingHappens() {
    WatchWorld world = new WatchWorld(5);
    List<Watched> all = IntStream.range(0, 100).mapToObj(_ -> world.add(aCredential())).toList();
    world.run(HOUR.multipliedBy(3));
    final int writes = world.ses.writes;
    final int lists = world.ses.lists;
    final int statusWrites = world.statusWrites();
    long[] logins = loginsOfEach(all);

    world.run(Duration.ofHours(24));

    long[] after = loginsOfEach(all);
    List<Long> made =
        IntStream.range(0, all.size()).mapToObj(i -> after[i] - logins[i]).sorted().toList();
    System.out.printf(
        "In 24 h: %d writes, %d status writes, %d lists, %d to %d logins for each%n",
        world.ses.writes - writes,
        world.statusWrites() - statusWrites,
        world.ses.lists - lists,
        made.getFirst(),
        made.getLast());
    assertThat(world.ses.writes).isEqualTo(writes);
    assertThat(world.statusWrites()).isEqualTo(statusWrites);
    assertThat(world.ses.lists - lists).isBetween(22, 26);
    assertThat(made).allMatch(number -> number >= 22 && number <= 26);
  }

  /** Runs until a password is proved, and tells how long after it began to work that is. */
  private static Duration proved(Watched watched, WatchWorld world) {
    world.run(WatchWorld.CALL);
    assertThat(watched).matches(says("Unknown/Verifying"));
    world.runUntil(watched, says("True/LoggedIn"), HOUR).orElseThrow();
    Instant served = world.ses.servedSince(watched.address());
    return Duration.between(served, world.clock.instant());
  }

  private static Watched settled(WatchWorld world, Observations facts) {
    Watched watched = world.add(facts);
    world.run(HOUR.multipliedBy(2));
    assertThat(watched).matches(says("True/LoggedIn")).matches(WatchTest::isReady);
    return watched;
  }

  private static Watched anyTime(WatchWorld world, Observations facts) {
    Watched watched = settled(world, facts);
    world.run(Duration.ofMillis(world.random.nextLong(HOUR.toMillis())));
    return watched;
  }

  /** As SES was seen to. */
  private static Supplier<Duration> takesAWhile(WatchWorld world) {
    return () -> Duration.ofMillis(world.random.nextLong(45_000, 135_000));
  }

  private static void assertInTime(String what, List<Duration> delays) {
    List<Duration> sorted = delays.stream().sorted().toList();
    System.out.printf(
        "%s in %d of %d runs, after %s to %s%n",
        what, sorted.size(), SEEDS, sorted.getFirst(), sorted.getLast());
    assertThat(delays).hasSize(SEEDS);
    assertThat(sorted.getLast()).isLessThanOrEqualTo(INTERVAL.plus(REFUSALS));
  }

  private static long logins(List<Watched> all) {
    return LongStream.of(loginsOfEach(all)).sum();
  }

  private static long[] loginsOfEach(List<Watched> all) {
    return all.stream().mapToLong(it -> it.logins().size()).toArray();
  }

  private static List<Written> writtenSince(Instant time, Watched watched) {
    return watched.history().stream().filter(it -> !it.time().isBefore(time)).toList();
  }

  private static Predicate<Watched> says(String verdict) {
    return it -> verified(it.status().condition(Condition.VERIFIED)).equals(verdict);
  }

  private static String verified(Optional<Condition> condition) {
    return condition.map(it -> it.status() + "/" + it.reason()).orElse("");
  }

  private static boolean hasDrifted(Watched watched) {
    return watched.status().condition(Condition.DRIFTED).filter(Condition::holds).isPresent();
  }

  // A list shows that it is gone, or the push that follows three refused logins.
  private static boolean waitsForTheSender(Watched watched) {
    return reason(watched).equals("SenderMissing") || reason(watched).equals("SenderNotFound");
  }

  private static String reason(Watched watched) {
    return watched.status().condition(Condition.READY).map(Condition::reason).orElse("");
  }

  private static boolean isReady(Written written) {
    return written.status().condition(Condition.READY).filter(Condition::holds).isPresent();
  }

  private static boolean isReady(Watched watched) {
    return watched.status().condition(Condition.READY).filter(Condition::holds).isPresent();
  }
}
