package io.sesoperator.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.check.ManifestResources;
import io.sesoperator.cli.ClusterPlan.Result;
import io.sesoperator.cli.ClusterPlan.Scope;
import io.sesoperator.kube.ClusterReader;
import io.sesoperator.kube.KubernetesClients;
import io.sesoperator.kube.Right;
import io.sesoperator.plan.Forecast.Action;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ses-operator plan}: what the operator would do now. */
@Command(
    name = "plan",
    description = {
      "Tells what the operator would do now about each SmtpCredential, and does nothing.",
      "It only reads, from the cluster alone, and needs no more rights than to read; what cannot be "
          + "seen is told. No password is ever printed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the plan was made; with --detailed-exitcode: and all stays as it is",
      "1:the cluster cannot be asked; with --detailed-exitcode: or wrong command line",
      "2:wrong command line; with --detailed-exitcode: something would change, is blocked or unknown"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold ${ROOT-COMMAND-NAME} plan -A|@",
      "  @|bold ${ROOT-COMMAND-NAME} plan -n shop noreply|@",
      "  @|bold kustomize build overlays/live | ${ROOT-COMMAND-NAME} plan -f -|@",
      "  @|bold ${ROOT-COMMAND-NAME} plan -A -o json --detailed-exitcode|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class PlanCommand implements Callable<Integer> {

  private static final String DETAILED = "--detailed-exitcode";

  private static final int NOT_FOUND = 404;
  private static final int CHANGES = 2;

  /** So that it is we who say that it took too long. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KubeOptions kube = new KubeOptions();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only the SmtpCredentials of these names.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description =
          "What if these files were applied: files, directories, or - for standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAME",
      defaultValue = "${env:SES_OPERATOR_NAMESPACE:-ses-operator}",
      description =
          "Where the operator runs, whose digest key tells whether a password changed (SES_OPERATOR_NAMESPACE, default ses-operator).")
  private String operatorNamespace = "";

  @Option(names = "--all", description = "Shows also what stays as it is; json always does.")
  private boolean all;

  @Option(
      names = DETAILED,
      description =
          "Exits with 0 only if all stays as it is, with 2 if something would change, is blocked or unknown, and with 1 after any error.")
  private boolean detailed;

  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the cluster, in seconds (default: ${DEFAULT-VALUE}).")
  private int timeout;

  /** Whoever takes 2 for changes must not get it for anything else. */
  static int exitCodeOfWrongUse(String[] args, int usual) {
    return List.of(args).contains(DETAILED) ? CommandLine.ExitCode.SOFTWARE : usual;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (timeout < 1) {
      throw new ParameterException(spec.commandLine(), "--timeout is at least 1");
    }
    Config config = kube.config();
    ManifestResources resources = resources(config);
    Duration longest = Duration.ofSeconds(timeout).plus(GRACE);
    try (KubernetesClient client = KubernetesClients.createImpatient(config, longest)) {
      Result plan = inTime(() -> plan(client, config, resources), config);
      print(plan.resources());
      plan.otherClaims().ifPresent(this::hint);
      return exitCode(plan.resources());
    }
  }

  private ManifestResources resources(Config config) {
    ManifestFiles read = ManifestFiles.read(files);
    if (!read.problems().isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", read.problems()));
    }
    ManifestResources resources = ManifestResources.read(read.files(), config.getNamespace());
    if (!resources.errors().isEmpty()) {
      resources.errors().forEach(spec.commandLine().getErr()::println);
      throw new IllegalStateException("the API server would refuse these files");
    }
    return resources;
  }

  private Result plan(KubernetesClient client, Config config, ManifestResources resources) {
    Scope scope =
        new Scope(kube.namespace(config), kube.selector(), Set.copyOf(names), !files.isEmpty());
    return new ClusterPlan(new ClusterReader(client), operatorNamespace).make(scope, resources);
  }

  private <T> T inTime(Callable<T> reading, Config config) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(reading);
    Thread.ofVirtual().start(task);
    try {
      return task.get(timeout, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new IllegalStateException(
          config.getMasterUrl() + " did not answer within " + timeout + " s");
    } catch (ExecutionException e) {
      throw failure(Optional.ofNullable(e.getCause()).orElse(e), config);
    }
  }

  private static RuntimeException failure(Throwable cause, Config config) {
    return switch (cause) {
      case KubernetesClientException e -> new IllegalStateException(message(e, config));
      case RuntimeException e -> e;
      default -> new IllegalStateException(cause);
    };
  }

  private static String message(KubernetesClientException e, Config config) {
    return e.getCode() == NOT_FOUND
        ? "the cluster has no SmtpCredentials or no SesAccounts: install the CRDs of ses-operator"
        : Unreachable.inWords(e, config).orElse("the API server answered " + e.getCode());
  }

  private void print(List<PlannedResource> plan) {
    CommandLine commandLine = spec.commandLine();
    switch (output.format()) {
      case text ->
          new PlanPrinter(
                  commandLine.getOut(),
                  commandLine.getColorScheme().ansi(),
                  Clock.systemUTC().instant())
              .print(plan, all);
      case json -> {
        commandLine.getOut().println(PlanJson.of(plan));
        commandLine.getOut().flush();
      }
    }
  }

  private void hint(Right right) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("Claims of other namespaces to an address were not seen: no right to " + right);
    err.flush();
  }

  private int exitCode(List<PlannedResource> plan) {
    boolean quiet = plan.stream().allMatch(it -> it.action() == Action.NONE);
    return !detailed || quiet ? CommandLine.ExitCode.OK : CHANGES;
  }
}
