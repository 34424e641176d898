package io.sesoperator.cli;

import io.sesoperator.check.ManifestCheck;
import io.sesoperator.check.Report;
import io.sesoperator.check.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ses-operator check}: what can be told of manifests without a cluster. */
@Command(
    name = "check",
    description = {
      "Checks manifests without a cluster: SmtpCredentials and SesAccounts as the API server would, "
          + "together with the Secrets and Namespaces that they name.",
      "No value of a Secret is ever printed. Whether an immutable field changes cannot be told offline: "
          + "the API server refuses that."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no errors; there may be warnings and notes",
      "1:errors were found",
      "2:wrong command line, or a file that cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold ${ROOT-COMMAND-NAME} check examples/|@",
      "  @|bold kustomize build overlays/live | ${ROOT-COMMAND-NAME} check -|@",
      "  @|bold ${ROOT-COMMAND-NAME} check -o json -n shop credential.yaml|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Files, directories (all *.yaml, *.yml and *.json in them), or - for standard input.")
  private List<String> names = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Where resources go that name no namespace (default: ${DEFAULT-VALUE}).")
  private String namespace = "";

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--allow-missing-secrets",
      description = "Takes a Secret that no file declares for one that is made elsewhere.")
  private boolean allowMissingSecrets;

  @Override
  public Integer call() {
    ManifestFiles files = ManifestFiles.read(names);
    Report report = new ManifestCheck(namespace, allowMissingSecrets).check(files.files());
    CommandLine commandLine = spec.commandLine();
    new ReportPrinter(commandLine.getOut(), commandLine.getColorScheme().ansi())
        .print(report, output.format());
    PrintWriter err = commandLine.getErr();
    files.problems().forEach(problem -> err.println(spec.qualifiedName() + ": " + problem));
    err.println(ReportPrinter.summary(report));
    err.flush();
    return exitCode(files, report);
  }

  private static int exitCode(ManifestFiles files, Report report) {
    if (!files.problems().isEmpty()) {
      return CommandLine.ExitCode.USAGE;
    }
    return report.count(Severity.ERROR) > 0
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }
}
