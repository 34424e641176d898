package io.sesoperator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.testing.Outputs;
import io.sesoperator.testing.RealApiServerExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealApiServerExtension.class)
class DemoIT {

  @Test
  void seesEveryStepOnARealServer() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(printed, true, UTF_8), Clock.systemUTC(), false);

    int exitCode = Demo.run(screen, "--server", "real");

    Outputs.of("demo").add("screen.txt", printed.toString(UTF_8));
    assertThat(exitCode).isZero();
    assertThat(DemoTest.steps(printed.toString(UTF_8))).isEqualTo(DemoTest.STEPS);
    assertThat(printed.toString(UTF_8)).contains("kube-apiserver v1.");
  }
}
