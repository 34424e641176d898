package io.sesoperator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooseTextTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "noreply   True  3s, noreply True 5m12s",
        "at 2026-01-01T00:00:00Z, at 2027-11-30T23:59:59.123Z",
        "655f0e66-f44e-464e-b0ab-abafe96a74ee, 00000000-1111-2222-3333-444444444444",
        "at … it ends, at last it ends",
      })
  void takesWhatDiffersInTimesAndIds(String shown, String printed) {
    assertThat(new LooseText(shown).matches(printed)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "noreply True, noreply False",
    "noreply 3s, noreply 3",
    "RequestId 655f0e66-f44e-464e-b0ab-abafe96a74ee, RequestId none",
    "one two, onetwo",
    "at … it ends, at last it end",
    "failures: 1, failures: 2",
  })
  void doesNotTakeWhatSaysSomethingElse(String shown, String printed) {
    assertThat(new LooseText(shown).matches(printed)).isFalse();
  }

  @Test
  void takesNoLineTooManyAndNoneTooFew() {
    assertThat(new LooseText("a\nb").matches("a\nb\n")).isTrue();
    assertThat(new LooseText("a\nb").matches("a\n")).isFalse();
    assertThat(new LooseText("a\nb").matches("a\nb\nc\n")).isFalse();
  }

  @Test
  void takesAnyLinesWhereDotsStandAlone() {
    LooseText some = new LooseText("a\n…\nz");

    assertThat(some.matches("a\nz")).isTrue();
    assertThat(some.matches("a\nb\nc\nz")).isTrue();
    assertThat(some.matches("a\nb\nc")).isFalse();
  }
}
