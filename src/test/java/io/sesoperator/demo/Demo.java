package io.sesoperator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.MockApiServer;
import io.sesoperator.testing.RealApiServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./demo}: sets the stage and tells the story. Ends with 0 if every step was seen, with 1 if
 * one was not or the stage could not be set.
 */
@Command(name = "demo")
public final class Demo implements Callable<Integer> {

  /** Which API server plays. */
  enum Server {
    /** A real one if its binaries are there. */
    AUTO,
    REAL,
    EMBEDDED
  }

  /** Far beyond what a step takes: 5 s between two changes, as much until a second retry. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Path DIRECTORY = Path.of("target", "demo");

  private final Screen screen;
  private final Duration patience;

  @Option(names = "--server")
  private Server server = Server.AUTO;

  @Option(names = "--serve")
  private boolean serve;

  /**
   * A demo on this screen.
   *
   * @param patience how long a step may take
   */
  Demo(Screen screen, Duration patience) {
    this.screen = screen;
    this.patience = patience;
  }

  /** Runs the demo; in colours with the system property {@code demo.colour}. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.exit(
        run(new Screen(out, Clock.systemUTC(), Boolean.getBoolean("demo.colour")), arguments));
  }

  /** Runs the demo and returns its exit code. */
  static int run(Screen screen, String... arguments) {
    return new CommandLine(new Demo(screen, PATIENCE))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, _, _) -> tell(e, screen))
        .execute(arguments);
  }

  private static int tell(Exception e, Screen screen) {
    LoggerFactory.getLogger(Demo.class).atError().setCause(e).log("The demo failed");
    screen.says("The demo cannot go on: " + e.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    screen.print("Starting an API server, a stand-in for SES, and the operator");
    try (Stage stage = Stage.on(startServer())) {
      Thread early = Thread.ofPlatform().unstarted(() -> leaveEarly(stage));
      Runtime.getRuntime().addShutdownHook(early);
      try {
        return perform(stage);
      } finally {
        Runtime.getRuntime().removeShutdownHook(early);
      }
    }
  }

  private int perform(Stage stage) throws IOException, InterruptedException {
    if (!play(stage)) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (serve) {
      openThePlayground(stage);
    }
    return CommandLine.ExitCode.OK;
  }

  private ApiServer startServer() {
    return switch (server) {
      case REAL ->
          KubeBinaries.find()
              .map(RealApiServer::start)
              .orElseThrow(() -> new IllegalStateException(KubeBinaries.absence()));
      case EMBEDDED -> new MockApiServer();
      case AUTO ->
          KubeBinaries.find().<ApiServer>map(RealApiServer::start).orElseGet(MockApiServer::new);
    };
  }

  /** Tells the story on this stage. Whether every step was seen. */
  boolean play(Stage stage) {
    screen.print("API server  " + stage.server().description());
    screen.print("SES         a simulator, " + stage.ses().endpoint());
    screen.print("Operator    in this process; it logs to " + DIRECTORY.resolve("operator.log"));
    try (Witness witness = new Witness(stage.client(), screen, patience)) {
      new Story(stage, screen, witness).tell();
    } catch (StepNotSeen missed) {
      screen.misses(missed);
      return false;
    }
    return true;
  }

  private void openThePlayground(Stage stage) throws IOException, InterruptedException {
    Playground playground = new Playground(stage, DIRECTORY);
    screen.print("");
    screen.print("Everything keeps running until Ctrl-C. In another terminal:");
    screen.print("");
    playground.commands().stream().map(line -> "  " + line).forEach(screen::print);
    new CountDownLatch(1).await();
  }

  private void leaveEarly(Stage stage) {
    screen.goDark("Stopping");
    stage.close();
  }
}
