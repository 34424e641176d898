package io.sesoperator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.MockApiServer;
import io.sesoperator.testing.Outputs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {

  /** Every step of the story, in order. */
  static final List<String> STEPS =
      List.of(
          "noreply: one call, accepted",
          "noreply: Ready=True",
          "noreply: one call, accepted",
          "noreply: Ready=True",
          "noreply: one password at SES",
          "billing: one call, accepted",
          "billing: Ready=True",
          "noreply: nothing for a label",
          "noreply: Stalled=True",
          "noreply: the Secret's owner must act",
          "noreply: one call, accepted",
          "noreply: Ready=True, not Stalled",
          "billing: Ready=False, retrying",
          "billing: changed, but no reply",
          "billing: sent again, is there already",
          "billing: Ready=True",
          "billing: one password at SES",
          "noreply: nothing for a restart",
          "billing: nothing for a restart",
          "the password of Secret smtp",
          "the password of Secret smtp-billing");

  private static final Pattern STEP = Pattern.compile("(?m)^ *\\d+\\.\\d s ✓ (.*?)  ");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Screen screen =
      new Screen(new PrintStream(printed, true, UTF_8), Clock.systemUTC(), false);

  @Test
  void seesEveryStepOnTheEmbeddedServer() {
    int exitCode = Demo.run(screen, "--server", "embedded");

    Outputs.of("demo").add("screen.txt", output());
    assertThat(exitCode).isZero();
    assertThat(steps(output())).isEqualTo(STEPS);
    assertThat(output()).contains("not a real API server").contains("All 21 steps were seen");
  }

  @Test
  void endsAtAStepThatIsNotSeenAndTellsWhatWasThereInstead() {
    try (Stage stage = Stage.on(new MockApiServer())) {
      stage.ses().faults().writes().always().answerWith("InternalError");

      boolean seen = new Demo(screen, Duration.ofSeconds(2)).play(stage);

      assertThat(seen).isFalse();
      assertThat(steps(output())).isEmpty();
      assertThat(output().lines().filter(line -> line.contains("✗")))
          .singleElement()
          .asString()
          .contains("noreply: one call, accepted");
      assertThat(output().replaceAll("\\s+", " "))
          .contains("Expected: \"noreply: one call, accepted\". Seen instead:")
          .contains("noreply has Ready=False")
          .contains("made 0 changes, the last with result 'InternalError'");
    }
  }

  private String output() {
    return printed.toString(UTF_8);
  }

  static List<String> steps(String output) {
    return STEP.matcher(output).results().map(step -> step.group(1)).toList();
  }
}
