package io.sesoperator.cli;

import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.ServerRules;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.simulator.SmtpOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ses-operator simulate}: SES on this machine, until the process is told to end. */
@Command(
    name = "simulate",
    description = {
      "Serves a stand-in for Tencent Cloud SES on 127.0.0.1 until it gets SIGTERM or SIGINT.",
      "Faults, senders and the log of calls are at /_control/ of the same port."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:the port is taken",
      "2:wrong command line",
      "130:SIGINT ended it",
      "143:SIGTERM ended it"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  @|bold ${ROOT-COMMAND-NAME} simulate|@",
      "  @|bold ${ROOT-COMMAND-NAME} simulate --port 0 --senders a@mail.example.com,b@mail.example.com|@"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class SimulateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:SES_SIMULATOR_PORT:-8484}",
      description = "Where to listen; 0: any free port (SES_SIMULATOR_PORT, default 8484).")
  private int port;

  @Option(
      names = "--region",
      paramLabel = "R",
      defaultValue = "${env:SES_SIMULATOR_REGION:-ap-singapore}",
      description = "Where the senders live (SES_SIMULATOR_REGION, default ap-singapore).")
  private String region = "";

  @Option(
      names = "--senders",
      paramLabel = "ADDRESS",
      split = ",",
      defaultValue = "${env:SES_SIMULATOR_SENDERS:-noreply@mail.example.com}",
      description =
          "The sender addresses that exist (SES_SIMULATOR_SENDERS, default noreply@mail.example.com).")
  private String[] senders = {};

  @Option(
      names = "--secret-id",
      paramLabel = "I",
      defaultValue = "${env:SES_SIMULATOR_SECRET_ID:-}",
      description = "The API key that is accepted (SES_SIMULATOR_SECRET_ID, default a demo key).")
  private String secretId = "";

  @Option(
      names = "--secret-key",
      paramLabel = "K",
      defaultValue = "${env:SES_SIMULATOR_SECRET_KEY:-}",
      description =
          "Its secret part; better given as SES_SIMULATOR_SECRET_KEY, for others can read a command line.")
  private String secretKey = "";

  @Option(
      names = "--smtp-port",
      paramLabel = "N",
      defaultValue = "${env:SES_SIMULATOR_SMTP_PORT:-8465}",
      description =
          "SMTP with TLS from the first byte; 0: any free port (SES_SIMULATOR_SMTP_PORT, default 8465).")
  private int smtpPort;

  @Option(
      names = "--smtp-starttls-port",
      paramLabel = "N",
      defaultValue = "${env:SES_SIMULATOR_SMTP_STARTTLS_PORT:-8587}",
      description =
          "SMTP with STARTTLS; 0: any free port (SES_SIMULATOR_SMTP_STARTTLS_PORT, default 8587).")
  private int smtpStartTlsPort;

  @Option(
      names = "--smtp-host",
      paramLabel = "NAME",
      defaultValue = "${env:SES_SIMULATOR_SMTP_HOST:-localhost}",
      description =
          "A name that the certificate has besides localhost (SES_SIMULATOR_SMTP_HOST, default localhost).")
  private String smtpHost = "";

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      defaultValue = "${env:SES_SIMULATOR_CA_FILE:-}",
      description =
          "Where to write the certificate that SMTP clients must trust (SES_SIMULATOR_CA_FILE, default nowhere).")
  private String caFile = "";

  @Option(
      names = "--propagation-seconds",
      paramLabel = "S",
      defaultValue = "${env:SES_SIMULATOR_PROPAGATION_SECONDS:-0}",
      description =
          "How long after a change the old password still logs in; 45 to 135 at the real service (SES_SIMULATOR_PROPAGATION_SECONDS, default 0).")
  private int propagationSeconds;

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (Simulator _ = open()) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(ended::countDown));
      ended.await();
    }
    return CommandLine.ExitCode.OK;
  }

  /** Starts the simulator and says how to reach it. */
  Simulator open() {
    Simulator simulator =
        Simulator.start(
            SimulatorOptions.standard()
                .withPort(port)
                .withRegion(region)
                .withSenders(senders)
                .withKeys(key())
                .withRules(rules())
                .withSmtp(
                    SmtpOptions.standard()
                        .withPorts(smtpPort, smtpStartTlsPort)
                        .withHost(smtpHost)));
    try {
      writeCertificate(simulator);
    } catch (UncheckedIOException e) {
      simulator.close();
      throw e;
    }
    greet(simulator);
    return simulator;
  }

  private ServerRules rules() {
    if (propagationSeconds < 0) {
      throw new ParameterException(spec.commandLine(), "--propagation-seconds is not negative");
    }
    return ServerRules.standard().withPropagation(Duration.ofSeconds(propagationSeconds));
  }

  private void writeCertificate(Simulator simulator) {
    if (!caFile.isEmpty()) {
      try {
        Files.writeString(Path.of(caFile), simulator.caCertificate());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write " + caFile, e);
      }
    }
  }

  private AccessKey key() {
    if (secretId.isEmpty() != secretKey.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--secret-id and --secret-key go together, or neither is given");
    }
    return secretId.isEmpty() ? SimulatorOptions.DEMO_KEY : AccessKey.of(secretId, secretKey);
  }

  private void greet(Simulator simulator) {
    PrintWriter out = spec.commandLine().getOut();
    String control = simulator.endpoint() + "/_control";
    out.println("SES simulator at " + simulator.endpoint() + " (" + region + ")");
    out.println("  senders    " + String.join(", ", senders));
    out.println("  secretId   " + key().secretId());
    if (secretId.isEmpty()) {
      out.println("  secretKey  " + SimulatorOptions.DEMO_KEY.secretKey() + "  (known to all)");
    }
    out.println(
        "  SMTP       localhost:%d (TLS), localhost:%d (STARTTLS)"
            .formatted(simulator.smtpTlsPort(), simulator.smtpStartTlsPort()));
    out.println("See what was called:  curl " + control + "/calls");
    out.println(
        "Lose the next answer: curl "
            + control
            + "/faults -d '{\"kind\":\"close\",\"afterApplying\":true}'");
    out.flush();
  }
}
