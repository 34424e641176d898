package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

  @ParameterizedTest
  @CsvSource({
    "1h, PT1H",
    "90m, PT90M",
    "1h30m5s, PT1H30M5S",
    "10m, PT10M",
    "1s, PT10M",
    "999999999h, P365D",
    "'', PT1H",
    "soon, PT1H",
    "1h soon, PT1H",
    "-1h, PT1H"
  })
  void readsADuration(String text, Duration interval) {
    assertThat(Interval.of(text)).isEqualTo(interval);
  }

  @Test
  void spreadsByATenth() {
    Random random = new Random(7);

    List<Duration> spread =
        Stream.generate(() -> Interval.spread(Duration.ofHours(1), random)).limit(1000).toList();

    assertThat(spread)
        .allMatch(it -> it.compareTo(Duration.ofMinutes(54)) >= 0)
        .allMatch(it -> it.compareTo(Duration.ofMinutes(66)) <= 0)
        .anyMatch(it -> it.compareTo(Duration.ofMinutes(56)) < 0)
        .anyMatch(it -> it.compareTo(Duration.ofMinutes(64)) > 0);
  }
}
