package io.sesoperator.testing;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The CRDs in {@code crds/}. */
public final class CustomResourceDefinitions {

  public static final Path DIRECTORY = Path.of("crds");

  private CustomResourceDefinitions() {}

  public static List<Path> files() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes those that are missing, and waits until the server serves all. An API server before 1.31
   * sees a conflict with whoever made them first, as it does not keep all that they say.
   */
  public static void apply(KubernetesClient client) {
    files().forEach(file -> client.resource(read(client, file)).forceConflicts().serverSideApply());
    await(client);
  }

  static void create(KubernetesClient client) {
    files().forEach(file -> client.resource(read(client, file)).create());
  }

  /** Waits until the server serves them. */
  static void await(KubernetesClient client) {
    files().stream()
        .map(file -> read(client, file).getMetadata().getName())
        .forEach(name -> Awaitility.await(name).until(() -> isEstablished(client, name)));
  }

  private static boolean isEstablished(KubernetesClient client, String name) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .get()
        .getStatus()
        .getConditions()
        .stream()
        .anyMatch(condition ->
            condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }

  private static CustomResourceDefinition read(KubernetesClient client, Path file) {
    try {
      return client
          .getKubernetesSerialization()
          .unmarshal(Files.readString(file), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
