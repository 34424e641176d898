package io.sesoperator.tencent;

import static io.sesoperator.testing.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.CredentialSource.Found;
import io.sesoperator.tencent.CredentialSource.Lookup;
import io.sesoperator.tencent.CredentialSource.Missing;
import io.sesoperator.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiringCredentialTest {

  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration RESERVE = Duration.ofMinutes(10);
  private static final int CALLERS = 50;

  private final TestClock clock = new TestClock();
  private final Issuer issuer = new Issuer();
  private final ExpiringCredential source = new ExpiringCredential(issuer, RESERVE, clock);

  /** Numbers the credentials it grants, unless it is out of order. */
  private final class Issuer implements Supplier<Issue> {
    private int asked;
    private Duration lifetime = TWO_HOURS;
    private Optional<String> trouble = Optional.empty();
    private Runnable meanwhile = () -> {};

    @Override
    public Issue get() {
      int number = ++asked;
      meanwhile.run();
      return trouble
          .<Issue>map(code -> new Issue.Denied(ApiFailure.of(code)))
          .orElseGet(() -> granted(number));
    }

    private Issue granted(int number) {
      return new Issue.Granted(credential(number), clock.instant().plus(lifetime));
    }
  }

  @Test
  void asksOnceForAsLongAsACredentialIsFresh() {
    assertThat(source.current()).isEqualTo(found(1));
    clock.advance(TWO_HOURS.minus(RESERVE).minusSeconds(1));

    assertThat(source.current()).isEqualTo(found(1));
    assertThat(issuer.asked).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"PT12H, PT11H50M", "PT2H, PT1H50M", "PT15M, PT13M30S", "PT60S, PT54S"})
  void renewsAheadOfTheEnd(Duration lifetime, Duration renewal) {
    issuer.lifetime = lifetime;
    source.current();

    clock.set(START.plus(renewal).minusMillis(1));
    assertThat(source.current()).isEqualTo(found(1));
    clock.set(START.plus(renewal));
    assertThat(source.current()).isEqualTo(found(2));
  }

  @Test
  void usesTheOldOneWhileRenewalFailsAndTriesAgainAfterAPause() {
    source.current();
    clock.advance(TWO_HOURS.minus(RESERVE));
    issuer.trouble = Optional.of("ClientError.StsUnavailable");

    assertThat(callsWithin(Duration.ofSeconds(20), Duration.ofSeconds(1))).containsOnly(found(1));
    assertThat(issuer.asked).isEqualTo(1 + 4);
    issuer.trouble = Optional.empty();
    assertThat(source.current()).isEqualTo(found(6));
  }

  @ParameterizedTest
  @CsvSource({"PT2H, PT1H59M30S", "PT60S, PT57S"})
  void givesNoneThatWouldEndBeforeTheCallAndSaysWhyThereIsNoOther(
      Duration lifetime, Duration lastUse) {
    issuer.lifetime = lifetime;
    source.current();
    issuer.trouble = Optional.of("ClientError.StsUnavailable.Timeout");

    clock.set(START.plus(lastUse).minusMillis(1));
    assertThat(source.current()).isEqualTo(found(1));
    clock.set(START.plus(lastUse));
    assertThat(source.current()).isEqualTo(missing("ClientError.StsUnavailable.Timeout"));
  }

  @Test
  void doesNotAskOnEachCallWhenThereIsNone() {
    issuer.trouble = Optional.of("ClientError.StsRefused");

    assertThat(callsWithin(Duration.ofSeconds(10), Duration.ofMillis(100)))
        .containsOnly(missing("ClientError.StsRefused"));
    assertThat(issuer.asked).isEqualTo(2);
  }

  @Test
  void doesNotTakeOneThatHadEndedForValid() {
    issuer.lifetime = Duration.ofMinutes(-1);

    assertThat(callsWithin(Duration.ofSeconds(10), Duration.ofMillis(100)))
        .containsOnly(missing("ClientError.CredentialExpired"));
    assertThat(issuer.asked).isEqualTo(2);
  }

  @Test
  void believesNoTimeThatOnlyAWrongClockKnew() {
    clock.advance(Duration.ofDays(1));
    issuer.trouble = Optional.of("ClientError.StsUnavailable");
    source.current();
    issuer.trouble = Optional.empty();
    clock.set(START);

    assertThat(source.current()).isEqualTo(found(2));
    clock.advance(Duration.ofDays(1));
    source.refused(((Found) source.current()).credential());
    assertThat(source.current()).isEqualTo(found(4));
    clock.set(START);
    assertThat(source.current()).isEqualTo(found(5));
    source.refused(credential(5));
    assertThat(source.current()).isEqualTo(found(6));
  }

  @Test
  void letsOneOfManyCallersAskWhenThereIsNone() throws Exception {
    CountDownLatch callers = new CountDownLatch(CALLERS);
    issuer.meanwhile = () -> await(callers);

    assertThat(lookups(callers)).hasSize(CALLERS).containsOnly(found(1));
    assertThat(issuer.asked).isEqualTo(1);
  }

  @Test
  void letsOneOfManyCallersFailWhenThereIsNone() throws Exception {
    CountDownLatch callers = new CountDownLatch(CALLERS);
    issuer.meanwhile = () -> await(callers);
    issuer.trouble = Optional.of("ClientError.StsUnavailable");

    assertThat(lookups(callers))
        .hasSize(CALLERS)
        .containsOnly(missing("ClientError.StsUnavailable"));
    assertThat(issuer.asked).isEqualTo(1);
  }

  @Test
  void keepsNobodyWaitingWhileAnotherRenews() throws Exception {
    source.current();
    clock.advance(TWO_HOURS.minus(RESERVE));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    issuer.meanwhile =
        () -> {
          asked.countDown();
          await(answered);
        };
    CompletableFuture<Lookup> renewing = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> renewing.complete(source.current()));
    await(asked);

    assertThat(source.current()).isEqualTo(found(1));

    answered.countDown();
    assertThat(renewing.get(10, TimeUnit.SECONDS)).isEqualTo(found(2));
    assertThat(source.current()).isEqualTo(found(2));
    assertThat(issuer.asked).isEqualTo(2);
  }

  @Test
  void replacesARefusedOneOnce() {
    source.current();

    IntStream.range(0, 10).forEach(_ -> source.refused(credential(1)));

    assertThat(source.current()).isEqualTo(found(2));
    source.refused(credential(1));
    assertThat(source.current()).isEqualTo(found(2));
    assertThat(issuer.asked).isEqualTo(2);
  }

  @Test
  void saysWhyARefusedOneCannotBeReplaced() {
    source.current();
    source.refused(credential(1));
    issuer.trouble = Optional.of("ClientError.StsUnavailable");

    assertThat(source.current()).isEqualTo(missing("ClientError.StsUnavailable"));
  }

  @Test
  void replacesNotEachOneWhenAllAreRefused() {
    for (int i = 0; i < 100; i++) {
      source.refused(((Found) source.current()).credential());
      clock.advance(Duration.ofMillis(100));
    }

    assertThat(issuer.asked).isEqualTo(1 + 2);
  }

  @Property(tries = 200)
  void neverGivesOneThatEndsAndNeverAsksInARow(@ForAll long seed) {
    Random random = new Random(seed);
    TestClock time = new TestClock();
    Spy spy = new Spy(random, time);
    ExpiringCredential expiring = new ExpiringCredential(spy, RESERVE, time);

    for (int call = 0; call < 500; call++) {
      time.advance(spy.someTime());
      switch (expiring.current()) {
        case Found(Credential credential) ->
            assertThat(spy.endOf(credential)).isAfter(time.instant());
        case Missing(ApiFailure why) ->
            assertThat(why.code())
                .isIn("ClientError.StsUnavailable", "ClientError.CredentialExpired");
      }
    }
    assertThat(spy.shortestGap).isGreaterThanOrEqualTo(ExpiringCredential.PAUSE);
  }

  /** An issuer that takes its time, fails at will and grants any lifetime. */
  private static final class Spy implements Supplier<Issue> {
    private final Random random;
    private final TestClock time;
    private Instant last = Instant.EPOCH;
    private Duration shortestGap = TWO_HOURS;

    Spy(Random random, TestClock time) {
      this.random = random;
      this.time = time;
    }

    @Override
    public Issue get() {
      Duration gap = Duration.between(last, time.instant());
      shortestGap = gap.compareTo(shortestGap) < 0 ? gap : shortestGap;
      time.advance(Duration.ofMillis(random.nextInt(4000)));
      last = time.instant();
      return random.nextInt(3) == 0
          ? new Issue.Denied(ApiFailure.of("ClientError.StsUnavailable"))
          : granted(time.instant().plusMillis(random.nextLong(2 * someTime().toMillis() + 1)));
    }

    private static Issue granted(Instant end) {
      return new Issue.Granted(
          new Credential("AKID" + end.toEpochMilli(), "key", Optional.of("token")), end);
    }

    Instant endOf(Credential credential) {
      return Instant.ofEpochMilli(Long.parseLong(credential.secretId().substring(4)));
    }

    /** Of any order of magnitude from milliseconds to hours. */
    Duration someTime() {
      return Duration.ofMillis((long) Math.pow(10, random.nextDouble(7)));
    }
  }

  private List<Lookup> callsWithin(Duration time, Duration step) {
    return IntStream.range(0, (int) time.dividedBy(step))
        .mapToObj(_ -> {
          Lookup lookup = source.current();
          clock.advance(step);
          return lookup;
        })
        .toList();
  }

  private List<Lookup> lookups(CountDownLatch callers) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Lookup>> calls =
          IntStream.range(0, CALLERS)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    callers.countDown();
                    return source.current();
                  }))
              .toList();
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      return calls.stream().map(Future::resultNow).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Lookup found(int number) {
    return new Found(credential(number));
  }

  private static Lookup missing(String code) {
    return new Missing(ApiFailure.of(code));
  }

  private static Credential credential(int number) {
    return new Credential("id-" + number, "key-" + number, Optional.of("token-" + number));
  }
}
