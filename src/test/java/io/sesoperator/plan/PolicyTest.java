package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private final Policy policy = Policy.standard(new Random(7));

  @ParameterizedTest(name = "after {0} failures at most {1}")
  @CsvSource({
    "0, PT2S",
    "1, PT2S",
    "2, PT4S",
    "3, PT8S",
    "8, PT4M16S",
    "9, PT5M",
    "1000, PT5M",
    "2147483647, PT5M"
  })
  void doublesTheWindowUpToFiveMinutes(int failures, Duration longest) {
    List<Duration> delays = delays(failures).toList();

    assertThat(delays).allMatch(delay -> delay.compareTo(longest) <= 0);
    assertThat(delays)
        .anyMatch(delay -> delay.compareTo(longest.multipliedBy(9).dividedBy(10)) > 0);
  }

  @Test
  void spreadsTheDelaysOverTheWholeWindow() {
    List<Duration> delays = delays(9).toList();

    assertThat(
            delays.stream().filter(delay -> delay.compareTo(Duration.ofSeconds(150)) < 0).count())
        .isBetween(800L, 1200L);
    assertThat(delays.stream().distinct().count()).isGreaterThan(1900);
  }

  @Test
  void waitsFromATenthOfTheFirstWindowToAWholeOne() {
    Policy shortest = Policy.standard(drawing((least, _) -> least));
    Policy longest = Policy.standard(drawing((_, bound) -> bound - 1));

    assertThat(shortest.afterFailure(NOW, 3)).isEqualTo(NOW.plusMillis(200));
    assertThat(longest.afterFailure(NOW, 3)).isEqualTo(NOW.plusSeconds(8));
  }

  private static RandomGenerator drawing(LongBinaryOperator choice) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public long nextLong(long least, long bound) {
        return choice.applyAsLong(least, bound);
      }
    };
  }

  @Property
  void neverTriesAgainAtOnceNorAfterMoreThanFiveMinutes(@ForAll int failures, @ForAll long seed) {
    Instant retry = Policy.standard(new Random(seed)).afterFailure(NOW, failures);

    assertThat(retry).isBetween(NOW.plusMillis(200), NOW.plus(Duration.ofMinutes(5)));
  }

  @Test
  void letsTheFirstChangeBeginAtOnce() {
    assertThat(policy.changeAllowedAt(NOW, List.of())).isEmpty();
  }

  @Test
  void keepsFiveSecondsBetweenTwoChanges() {
    assertThat(policy.changeAllowedAt(NOW, List.of(NOW))).contains(NOW.plusSeconds(5));
    assertThat(policy.changeAllowedAt(NOW, List.of(NOW.minusMillis(4999))))
        .contains(NOW.plusMillis(1));
    assertThat(policy.changeAllowedAt(NOW, List.of(NOW.minusSeconds(5)))).isEmpty();
  }

  @Test
  void allowsTwentyChangesWithinAnHour() {
    assertThat(policy.changeAllowedAt(NOW, everyMinute(19))).isEmpty();
    assertThat(policy.changeAllowedAt(NOW, everyMinute(20)))
        .contains(NOW.minus(Duration.ofMinutes(20)).plus(Duration.ofHours(1)));
    assertThat(policy.changeAllowedAt(NOW, everyMinute(21)))
        .contains(NOW.minus(Duration.ofMinutes(20)).plus(Duration.ofHours(1)));
  }

  @Test
  void doesNotCountAChangeThatOnlyAWrongClockSaw() {
    Instant ahead = NOW.plus(Duration.ofDays(1));

    assertThat(policy.changeAllowedAt(NOW, List.of(ahead))).isEmpty();
    assertThat(policy.changeAllowedAt(NOW, List.of(ahead, NOW))).contains(NOW.plusSeconds(5));
  }

  @Test
  void forgetsAnHourThatIsOver() {
    List<Instant> longAgo =
        IntStream.range(0, 20).mapToObj(i -> NOW.minusSeconds(3600 - i)).toList();

    assertThat(policy.changeAllowedAt(NOW, longAgo)).isEmpty();
  }

  @Test
  void keepsBothLimitsInAnyHourHoweverOftenItIsAsked() {
    List<Instant> changes = new java.util.ArrayList<>();
    for (Instant now = NOW; now.isBefore(NOW.plusSeconds(7200)); now = now.plusSeconds(1)) {
      Instant hourAgo = now.minusSeconds(3600);
      List<Instant> recent = changes.stream().filter(time -> time.isAfter(hourAgo)).toList();
      if (policy.changeAllowedAt(now, recent).isEmpty()) {
        changes.add(now);
      }
    }

    assertThat(changes).hasSize(40);
    assertThat(
            IntStream.range(1, changes.size())
                .mapToObj(i -> Duration.between(changes.get(i - 1), changes.get(i))))
        .allMatch(gap -> gap.toSeconds() >= 5);
    assertThat(
            IntStream.range(20, changes.size())
                .mapToObj(i -> Duration.between(changes.get(i - 20), changes.get(i))))
        .allMatch(gap -> gap.toHours() >= 1);
  }

  @Test
  void settlesOnlyAfterASignatureHasExpired() {
    assertThat(policy.settleTime()).isGreaterThan(Duration.ofMinutes(5));
  }

  private Stream<Duration> delays(int failures) {
    return IntStream.range(0, 2000)
        .mapToObj(_ -> Duration.between(NOW, policy.afterFailure(NOW, failures)));
  }

  private static List<Instant> everyMinute(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> NOW.minus(Duration.ofMinutes(number - i)))
        .toList();
  }
}
