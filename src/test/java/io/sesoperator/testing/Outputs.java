package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A directory below {@code target/outputs} for what a test leaves behind beside its logs, so that
 * {@link CanarySearch} sees it.
 */
public final class Outputs {

  /** All kinds that the operator writes, but for the one Secret with its digest key. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "ses-operator.io/v1alpha1", List.of("SmtpCredential", "SesAccount"),
          "events.k8s.io/v1", List.of("Event"),
          "coordination.k8s.io/v1", List.of("Lease"),
          "v1", List.of("ConfigMap"));

  private final Path directory;

  /**
   * Whether anybody searches what is left behind. Nobody does after {@code ./demo}, which plays on
   * the same API servers and is to leave nothing.
   */
  static boolean areSearched() {
    return !Boolean.getBoolean("ses-operator.demo");
  }

  private Outputs(Path directory) {
    this.directory = directory;
  }

  /** A new directory whose name begins like this. */
  public static Outputs of(String name) {
    try {
      Path parent = Files.createDirectories(Path.of("target", "outputs"));
      return new Outputs(Files.createTempDirectory(parent.toAbsolutePath(), name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends to a file. */
  public void add(String file, String text) {
    try {
      Files.writeString(
          directory.resolve(file),
          text + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a file, if it is there. */
  public void add(Path file) {
    try {
      Files.copy(file, directory.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what a simulator tells of itself, and notes the temporary keys that it handed out. */
  public void addAll(Simulator ses) {
    ses.roles().issued().forEach(key -> Canary.note(key.secretKey(), "a temporary key"));
    add("calls.json", ses.calls().json());
    for (String page : List.of("calls", "senders", "faults", "keys")) {
      add("control.json", ses.endpoint().resolve("/_control/" + page));
    }
  }

  /** Adds the metrics of an operator with this management port, unless it is stopped. */
  public void addMetrics(int port) {
    add("metrics.txt", URI.create("http://127.0.0.1:" + port + "/metrics"));
  }

  private void add(String file, URI page) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      add(file, http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body());
    } catch (ConnectException _) {
      // whoever stopped it has asked before that
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Adds every object that the operator may have written, from all namespaces, and notes what the
   * Secrets hold.
   */
  public void addAll(KubernetesClient client) {
    KINDS.forEach((version, kinds) ->
        kinds.forEach(kind -> {
          GenericKubernetesResourceList objects =
              client.genericKubernetesResources(version, kind).inAnyNamespace().list();
          add(kind + ".yaml", client.getKubernetesSerialization().asYaml(objects));
        }));
    client.secrets().inAnyNamespace().list().getItems().forEach(SecretsAreCanaries::note);
  }
}
