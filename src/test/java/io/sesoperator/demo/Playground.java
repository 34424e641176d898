package io.sesoperator.demo;

import io.fabric8.kubernetes.client.Config;
import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.KubeBinaries;
import io.sesoperator.testing.RealApiServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The stage after the story, for everybody to play on: a kubeconfig and what to try with it. */
final class Playground {

  private final Path kubeconfig;
  private final Stage stage;

  /** Writes a kubeconfig that nobody else may read, and that goes when this process ends. */
  Playground(Stage stage, Path directory) throws IOException {
    this.stage = stage;
    this.kubeconfig = directory.resolve("kubeconfig").toAbsolutePath();
    Files.deleteIfExists(kubeconfig);
    Files.createFile(
        kubeconfig,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(kubeconfig, kubeconfig(stage.server()));
    kubeconfig.toFile().deleteOnExit();
  }

  /** What to try, as lines for the shell. */
  List<String> commands() {
    return switch (stage.server()) {
      case RealApiServer _ -> withEverythingKubectlKnows();
      case ApiServer _ -> withRawRequests();
    };
  }

  private List<String> withEverythingKubectlKnows() {
    return List.of(
        "export KUBECONFIG=" + kubeconfig,
        kubectl() + " get sesacct,smtpcred -n shop -o wide",
        kubectl() + " patch secret smtp -n shop -p '" + newPassword() + "'",
        kubectl() + " get smtpcred noreply -n shop -o yaml",
        kubectl() + " get events -n shop",
        "curl -s " + stage.ses().endpoint() + "/_control/calls");
  }

  /* The mock server has no discovery, so kubectl knows no kinds there and only passes requests on. */
  private List<String> withRawRequests() {
    String credential = "/apis/ses-operator.io/v1alpha1/namespaces/shop/smtpcredentials/noreply";
    String secret = stage.server().config().getMasterUrl() + "api/v1/namespaces/shop/secrets/smtp";
    return List.of(
        "# the embedded API server knows no kinds by name, so kubectl can only ask for paths",
        "export KUBECONFIG=" + kubeconfig,
        kubectl() + " get --raw " + credential,
        "curl -s -o /dev/null -X PATCH -H 'Content-Type: application/merge-patch+json' "
            + ("-d '" + newPassword() + "' " + secret),
        "curl -s " + stage.ses().endpoint() + "/_control/calls");
  }

  /** A patch of the Secret, with a value that the shell makes. */
  private static String newPassword() {
    return "{\"stringData\":{\"password\":\"Play-'$RANDOM'-Time-42\"}}";
  }

  private static String kubeconfig(ApiServer server) {
    return switch (server) {
      case RealApiServer real -> real.kubeconfig();
      case ApiServer other -> kubeconfig(other.config());
    };
  }

  private static String kubeconfig(Config config) {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: c, cluster: {server: "%s"}}]
    contexts: [{name: x, context: {cluster: c, user: ""}}]
    current-context: x
    """
        .formatted(config.getMasterUrl());
  }

  /** As it can be called here. */
  private static String kubectl() {
    return onPath()
        ? "kubectl"
        : KubeBinaries.find().map(found -> found.kubectl().toString()).orElse("kubectl");
  }

  private static boolean onPath() {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(Pattern.compile(File.pathSeparator)::splitAsStream)
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }
}
