package io.sesoperator.kube;

import static io.sesoperator.testing.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.kube.RecentEvents.Content;
import io.sesoperator.kube.RecentEvents.Told;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

  private static final Content GONE = new Content("uid", "Warning", "SecretNotFound", "It is gone");

  private final RecentEvents recent = new RecentEvents();

  @Test
  void knowWhatWasToldWithinTheHour() {
    recent.put(GONE, Told.first("noreply-1", NOW));

    assertThat(recent.find(GONE, NOW.plus(Duration.ofMinutes(59))))
        .contains(new Told("noreply-1", 1, NOW));
    assertThat(recent.find(GONE, NOW.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void countFromTheLastTime() {
    recent.put(GONE, Told.first("noreply-1", NOW));
    Told again =
        recent.find(GONE, NOW.plusSeconds(3000)).orElseThrow().again(NOW.plusSeconds(3000));
    recent.put(GONE, again);

    assertThat(again).isEqualTo(new Told("noreply-1", 2, NOW.plusSeconds(3000)));
    assertThat(recent.find(GONE, NOW.plusSeconds(6000))).contains(again);
  }

  @Test
  void tellApartResourcesAndNotes() {
    recent.put(GONE, Told.first("noreply-1", NOW));

    assertThat(recent.find(new Content("other", "Warning", "SecretNotFound", "It is gone"), NOW))
        .isEmpty();
    assertThat(recent.find(new Content("uid", "Warning", "SecretNotFound", "Another"), NOW))
        .isEmpty();
  }

  @Test
  void forgetWhatWasLongestUntoldOfTooMany() {
    IntStream.range(0, 4096).forEach(i -> recent.put(content(i), Told.first("e-" + i, NOW)));
    recent.find(content(0), NOW);

    recent.put(GONE, Told.first("noreply-1", NOW));

    assertThat(recent.find(content(0), NOW)).isPresent();
    assertThat(recent.find(content(1), NOW)).isEmpty();
    assertThat(recent.find(GONE, NOW)).isPresent();
  }

  private static Content content(int number) {
    return new Content("uid-" + number, "Normal", "Applied", "SES holds it");
  }
}
