package io.sesoperator.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.runtime.InvalidSettings;
import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.runtime.Setting;
import io.sesoperator.runtime.Settings;
import io.sesoperator.runtime.SettingsReader;
import io.sesoperator.tencent.CredentialChain;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ses-operator run}: the operator, until it gets SIGTERM or SIGINT. */
@Command(
    name = "run",
    description = {
      "Runs the operator until it gets SIGTERM or SIGINT.",
      "It finds the cluster as kubectl does, or by its Pod's ServiceAccount."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a signal ended it; with --once: all is settled, and ready",
      "1:it could not start, or had to stop; the log says why; with --once: not all is ready",
      "2:wrong command line or settings"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold ${ROOT-COMMAND-NAME} run --log-format text|@",
      "  @|bold ${ROOT-COMMAND-NAME} run --watch-namespaces shop,billing --leader-election=false|@",
      "  @|bold ${ROOT-COMMAND-NAME} run --once --once-timeout 5m|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class RunCommand implements Callable<Integer> {

  private static final String LOG_TARGET = "ses-operator.log.target";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--once",
      description =
          "Ends when all is settled; standard output tells what is not ready, the log goes to standard error.")
  private boolean once;

  @Option(
      names = "--once-timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "How long that may take, such as 90s (default: ${DEFAULT-VALUE}).")
  private Duration onceTimeout = Duration.ZERO;

  /** The command with one option for each {@link Setting}. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RunCommand());
    Stream.of(Setting.values())
        .map(RunCommand::option)
        .forEach(commandLine.getCommandSpec()::addOption);
    return commandLine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = settings();
    configureLogging(settings.log());
    Surroundings surroundings = surroundings(settings);
    try {
      return once
          ? new OnceRun(spec.commandLine(), onceTimeout).run(settings, surroundings)
          : runOn(settings, surroundings);
    } catch (KubernetesClientException e) {
      throw Unreachable.inWords(e, surroundings.kubernetes())
          .<RuntimeException>map(IllegalStateException::new)
          .orElse(e);
    }
  }

  private static int runOn(Settings settings, Surroundings surroundings)
      throws IOException, InterruptedException {
    OperatorRuntime runtime = OperatorRuntime.start(settings, surroundings);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(runtime)));
    new CountDownLatch(1).await();
    return CommandLine.ExitCode.OK;
  }

  // A JVM that a signal ends exits with 128 and the signal's number, unless it is halted first.
  // Only signals get here: whatever fails halts by itself.
  private static void end(OperatorRuntime runtime) {
    runtime.close();
    Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
  }

  private Settings settings() {
    try {
      return SettingsReader.read(flags(), System.getenv());
    } catch (InvalidSettings e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Map<Setting, String> flags() {
    CommandLine.ParseResult given = spec.commandLine().getParseResult();
    return Stream.of(Setting.values())
        .filter(setting -> given.hasMatchedOption(setting.flag()))
        .collect(
            Collectors.toMap(
                setting -> setting, setting -> given.matchedOptionValue(setting.flag(), "")));
  }

  // Read by logback.xml when the first logger is made, which is later than this.
  private void configureLogging(Settings.Log log) {
    System.setProperty(LOG_TARGET, once ? "System.err" : "System.out");
    System.setProperty(Setting.LOG_LEVEL.variable(), log.level());
    System.setProperty(Setting.LOG_FORMAT.variable(), log.format());
  }

  // Whoever is broken must not finish anything: another replica may be acting already.
  private static Surroundings surroundings(Settings settings) {
    Clock clock = Clock.systemUTC();
    return new Surroundings(
        KubeOptions.withNamespace(Config.autoConfigure(null)),
        identity(),
        new CredentialChain(System.getenv(), settings.credentialEndpoints(), clock),
        clock,
        () -> Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE));
  }

  private static String identity() {
    return Optional.ofNullable(System.getenv("HOSTNAME"))
        .filter(name -> !name.isBlank())
        .map(name -> name + "_" + UUID.randomUUID())
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  private static OptionSpec option(Setting setting) {
    boolean toggle = setting.standard().equals("true") || setting.standard().equals("false");
    return OptionSpec.builder(setting.flag())
        .type(String.class)
        .paramLabel(toggle ? "BOOL" : "VALUE")
        .arity(toggle ? "0..1" : "1")
        .fallbackValue("true")
        .description(
            setting.description()
                + " ("
                + setting.variable()
                + ", default: "
                + setting.standard()
                + ")")
        .build();
  }
}
