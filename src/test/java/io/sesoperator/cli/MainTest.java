package io.sesoperator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  @Test
  void helpsOnStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: ses-operator", "simulate");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("ses-operator ");
  }

  @Test
  void exitsWith2WhenTheCommandLineIsWrong() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
    assertThat(run("simulate", "--port", "x")).isEqualTo(2);
    assertThat(run("simulate", "--port", "0", "--secret-id", "AKIDx")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "Missing required subcommand",
            "nonsense",
            "--port",
            "--secret-id and --secret-key go together");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void exitsWith1AndOneLineWhenACommandFails() {
    try (Simulator taken = Simulator.start(SimulatorOptions.standard())) {
      String port = Integer.toString(taken.endpoint().getPort());

      assertThat(run("simulate", "--port", port)).isEqualTo(1);

      assertThat(err.toString())
          .hasLineCount(1)
          .startsWith("simulate: Cannot listen on port " + port);
    }
  }

  @Test
  void saysAtLeastWhatKindOfFailureItWas() {
    CommandLine main = Main.commandLine();
    CommandLine broken = new CommandLine(new Broken());
    broken.setErr(new PrintWriter(err, true));
    broken.setExecutionExceptionHandler(main.getExecutionExceptionHandler());

    assertThat(broken.execute()).isEqualTo(1);

    assertThat(err.toString().strip()).isEqualTo("broken: java.lang.UnsupportedOperationException");
  }

  /** Fails without a word. */
  @CommandLine.Command(name = "broken")
  private static final class Broken implements Runnable {

    @Override
    public void run() {
      throw new UnsupportedOperationException();
    }
  }
}
