package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlantedCanariesTest {

  private static final CanaryNote RANDOM = note("q7WmZ2xKp!>vB4nR8tLs", true);
  private static final CanaryNote CHOSEN = note("Correct12horse", false);

  private final PlantedCanaries planted = new PlantedCanaries(List.of(RANDOM, CHOSEN));

  @Test
  void areAllFoundByASearchThatKnowsThem() throws IOException {
    assertThat(planted.missedBy(new CanarySearch(List.of(RANDOM, CHOSEN)))).isEmpty();
  }

  @Test
  void areInEveryFormThatWritesTheSecretInItsOwnWay() throws IOException {
    assertThat(planted.missedBy(new CanarySearch(List.of(CHOSEN))))
        .extracting(name -> name.replaceAll("-\\d+$", ""))
        .contains(
            Stream.of(CanaryForm.values())
                .filter(form -> form != CanaryForm.JSON) // nothing to escape
                .map(CanaryForm::name)
                .toArray(String[]::new));
  }

  @Test
  void areMissedByASearchThatKnowsOneLess() throws IOException {
    assertThat(planted.missedBy(new CanarySearch(List.of(RANDOM)))).hasSize(1);
  }

  private static CanaryNote note(String value, boolean random) {
    return new CanaryNote(value.getBytes(UTF_8), random, "test");
  }
}
