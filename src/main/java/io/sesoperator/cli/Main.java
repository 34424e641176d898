package io.sesoperator.cli;

import io.sesoperator.runtime.ProgramVersion;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;

/**
 * The {@code ses-operator} program. It exits with 0 when all went well, 1 when a command failed and
 * 2 when the command line was wrong; errors go to standard error.
 */
@Command(
    name = Main.NAME,
    description = "Keeps the SMTP password of a Tencent Cloud SES sender equal to a Secret.",
    subcommands = {
      PlanCommand.class,
      CheckCommand.class,
      SimulateCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all went well", "1:a command failed", "2:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold ${ROOT-COMMAND-NAME} check examples/|@",
      "  @|bold ${ROOT-COMMAND-NAME} run --log-format text|@",
      "  @|bold ${ROOT-COMMAND-NAME} COMMAND --help|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main {

  static final String NAME = "ses-operator";

  /** What a launcher sets if users type something else, as {@code kubectl smtpcred}. */
  private static final String PROGRAM = "SES_OPERATOR_PROGRAM";

  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    String program = Optional.ofNullable(System.getenv(PROGRAM)).orElse("");
    System.exit(commandLine(program).execute(args));
  }

  /** The whole command line, for tests and documents. */
  public static CommandLine commandLine() {
    return commandLine("");
  }

  /**
   * The whole command line.
   *
   * @param program what users type to start it; blank for its own name
   */
  static CommandLine commandLine(String program) {
    CommandLine main =
        new CommandLine(new Main())
            .addSubcommand(RunCommand.commandLine())
            .setCommandName(program.isBlank() ? NAME : program)
            .setExecutionExceptionHandler(Main::failed);
    IParameterExceptionHandler usual = main.getParameterExceptionHandler();
    return main.setParameterExceptionHandler(
        (e, args) -> PlanCommand.exitCodeOfWrongUse(args, usual.handleParseException(e, args)));
  }

  /** One line that a user can act on; the stack trace is of use to nobody else. */
  private static int failed(
      Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult) {
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getCommandName() + ": " + message(e));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  // Libraries say what went wrong in the cause, and around it only that something did.
  private static String message(Throwable thrown) {
    String said =
        Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
            .flatMap(cause -> Stream.ofNullable(cause.getMessage()))
            .map(message -> message.replaceAll("\\s+", " "))
            .distinct()
            .collect(Collectors.joining(": "));
    return said.isBlank() ? thrown.toString() : said;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {NAME + " " + ProgramVersion.current()};
    }
  }
}
