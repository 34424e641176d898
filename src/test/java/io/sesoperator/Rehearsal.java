package io.sesoperator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.CommandBlock.Step;
import io.sesoperator.ShellSession.Result;
import io.sesoperator.cli.Main;
import io.sesoperator.runtime.InvalidSettings;
import io.sesoperator.runtime.OperatorRuntime;
import io.sesoperator.runtime.OperatorRuntime.Surroundings;
import io.sesoperator.runtime.Setting;
import io.sesoperator.runtime.SettingsReader;
import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.Simulator;
import io.sesoperator.simulator.SimulatorOptions;
import io.sesoperator.simulator.SmtpOptions;
import io.sesoperator.tencent.CredentialSource;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.CertificateFile;
import io.sesoperator.testing.CustomResourceDefinitions;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.RealApiServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does what a page says, on a real API server. A page begins with {@code examples/quickstart}
 * applied and Ready, an operator and a simulator; one that says {@code begins with nothing} has
 * neither, and an empty cluster with our CRDs.
 */
final class Rehearsal implements AutoCloseable {

  private static final String NOTHING = "<!-- begins with nothing -->";
  private static final String NAMESPACE = "ses-operator";
  private static final String VERSION = "ses-operator.io/v1alpha1";

  private static final List<Path> COPIED =
      Stream.of("crds", "docs", "examples", "hack", "helm").map(Path::of).toList();

  private static final String[] SENDERS = {
    "noreply@mail.example.com", "billing@mail.example.com", "news@mail.example.com"
  };

  private static final String QUICKSTART =
      """
      kubectl apply -f examples/quickstart/00-namespaces.yaml
      sed 's|replace-me|%s|; s|^  region: .*|&\\n  endpoint: http://127.0.0.1:8484\\n  smtp: {host: localhost, port: 8465, security: TLS}|' \\
        examples/quickstart/10-account.yaml | kubectl apply -f -
      kubectl apply -f examples/quickstart/20-credential.yaml
      kubectl wait smtpcred --all -n shop --for=condition=Ready --timeout=60s
      """;

  private final RealApiServer server = RealApiServer.start(KubeBinaries.find().orElseThrow());
  private final AccessKey key = AccessKey.of("AKIDexample", Canary.secretKey());
  private final Path directory = newDirectory();
  private final Ports ports = Ports.free();

  /** Does the steps of these blocks, and tells what came of each. */
  List<Result> perform(Page page, List<CommandBlock> blocks) {
    List<Step> steps = blocks.stream().flatMap(block -> block.steps().stream()).toList();
    return page.lines().contains(NOTHING) ? fromNothing(steps) : fromTheQuickstart(steps);
  }

  /** Does these steps on an empty cluster. */
  List<Result> fromNothing(List<Step> steps) {
    clear();
    return session().run(steps.stream().map(ports::in).toList());
  }

  private List<Result> fromTheQuickstart(List<Step> steps) {
    clear();
    try (Simulator ses = simulator();
        OperatorRuntime _ = operator(ses)) {
      Step quickstart = new Step(QUICKSTART.formatted(key.secretKey()), Optional.empty());
      List<Result> results =
          session()
              .run(Stream.concat(Stream.of(quickstart), steps.stream()).map(ports::in).toList());
      if (results.getFirst().exitCode().isEmpty()) {
        throw new IllegalStateException("No quickstart: " + results.getFirst().output());
      }
      return results.subList(1, results.size());
    }
  }

  private ShellSession session() {
    String path = directory.resolve("bin") + File.pathSeparator + System.getenv("PATH");
    return new ShellSession(
        newWorkplace(),
        Map.of(
            "PATH",
            path,
            "KUBECONFIG",
            directory.resolve("kubeconfig").toString(),
            "HOME",
            directory.toString(),
            "NO_COLOR",
            "1",
            "SES_OPERATOR_MANAGEMENT_PORT",
            "0",
            "SES_SIMULATOR_SMTP_STARTTLS_PORT",
            "0"));
  }

  private Simulator simulator() {
    return Simulator.start(
        SimulatorOptions.standard()
            .withPort(ports.api())
            .withKeys(key)
            .withSenders(SENDERS)
            .withSmtp(SmtpOptions.standard().withPorts(ports.smtp(), 0)));
  }

  private OperatorRuntime operator(Simulator ses) {
    Map<Setting, String> flags =
        Map.of(
            Setting.NAMESPACE,
            NAMESPACE,
            Setting.LEADER_ELECTION,
            "false",
            Setting.MANAGEMENT_PORT,
            "0",
            Setting.SMTP_CA_FILE,
            CertificateFile.of(ses).toString());
    try {
      return OperatorRuntime.start(
          SettingsReader.read(flags, Map.of()),
          new Surroundings(
              server.config(), "docs", CredentialSource.none(), Clock.systemUTC(), () -> {}));
    } catch (IOException | InvalidSettings e) {
      throw new IllegalStateException("The operator does not start", e);
    }
  }

  /** Takes away what the page before has left, but for namespaces: they end never here. */
  private void clear() {
    KubernetesClient client = server.client();
    CustomResourceDefinitions.apply(client);
    CustomResourceDefinitions.files().forEach(file -> ownByTheChart(client, file));
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
    for (GenericKubernetesResource credential :
        client
            .genericKubernetesResources(VERSION, "SmtpCredential")
            .inAnyNamespace()
            .list()
            .getItems()) {
      client
          .resource(credential)
          .edit(it -> {
            it.getMetadata().setFinalizers(List.of());
            return it;
          });
      client.resource(credential).delete();
    }
    client.genericKubernetesResources(VERSION, "SesAccount").delete();
    client.secrets().inAnyNamespace().delete();
    client.leases().inAnyNamespace().delete();
  }

  /** As if a release of the chart had made it; Helm does not touch what is not its own. */
  private static void ownByTheChart(KubernetesClient client, Path crd) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(crd.getFileName().toString().replace(".yaml", ""))
        .edit(it -> {
          it.getMetadata().getLabels().put("app.kubernetes.io/managed-by", "Helm");
          it.getMetadata()
              .getAnnotations()
              .putAll(
                  Map.of(
                      "meta.helm.sh/release-name",
                      "ses-operator",
                      "meta.helm.sh/release-namespace",
                      NAMESPACE));
          return it;
        });
  }

  @Override
  public void close() {
    clear(); // a page may have taken the CRDs away, and what is left is to be searched
    server.close();
    delete(directory);
  }

  private Path newDirectory() {
    try {
      Path created = Files.createTempDirectory("docs-");
      Path bin = Files.createDirectory(created.resolve("bin"));
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      Files.createSymbolicLink(bin.resolve("java"), java);
      Files.createSymbolicLink(bin.resolve("kubectl"), KubeBinaries.find().orElseThrow().kubectl());
      Files.createSymbolicLink(
          bin.resolve("kubectl-smtpcred"), Path.of("hack", "kubectl-smtpcred").toAbsolutePath());
      program(bin, "ses-operator", classPath(), Main.class);
      if (!isOnPath("helm")) {
        program(bin, "helm", System.getProperty("java.class.path"), HelmProgram.class);
      }
      Files.writeString(created.resolve("kubeconfig"), server.kubeconfig());
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void program(Path bin, String name, String classPath, Class<?> main)
      throws IOException {
    String absolute =
        Stream.of(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    Path script =
        Files.writeString(
            bin.resolve(name),
            "#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp '%s' %s \"$@\"\n"
                .formatted(absolute, main.getName()));
    script.toFile().setExecutable(true);
  }

  private static boolean isOnPath(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
  }

  // The tests' own classes stay out: with them came their logback-test.xml.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A copy of what the commands use, so that nothing is written into the repository. */
  private Path newWorkplace() {
    try {
      Path workplace = Files.createTempDirectory(directory, "work-");
      Files.createSymbolicLink(workplace.resolve("target"), Path.of("target").toAbsolutePath());
      for (Path top : COPIED) {
        copy(top, workplace);
      }
      return workplace;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path top, Path workplace) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.toList()) {
        Files.copy(file, workplace.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
