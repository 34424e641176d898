package io.sesoperator.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The {@code ses-operator} program. It exits with 0 when all went well, 1 when a command failed and
 * 2 when the command line was wrong; errors go to standard error.
 */
@Command(
    name = "ses-operator",
    description = "Keeps the SMTP password of a Tencent Cloud SES sender equal to a Secret.",
    subcommands = SimulateCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main {

  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, for tests and documents. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .addSubcommand(RunCommand.commandLine())
        .setExecutionExceptionHandler(Main::failed);
  }

  /** One line that a user can act on; the stack trace is of use to nobody else. */
  private static int failed(
      Exception e, CommandLine commandLine, CommandLine.ParseResult parseResult) {
    PrintWriter err = commandLine.getErr();
    err.println(commandLine.getCommandName() + ": " + e.getMessage());
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
              .orElse("(not packaged)");
      return new String[] {"ses-operator " + version};
    }
  }
}
