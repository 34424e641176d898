package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real kube-apiserver with etcd and our CRDs. Validation, defaults, RBAC, server-side apply and
 * watches are the real thing; controllers there are none ({@link ControlPlane}).
 */
public final class RealApiServer implements ApiServer {

  private static final Duration START = Duration.ofSeconds(120);

  private final ControlPlane controlPlane;
  private final Path directory;
  private final Config config;
  private final KubernetesClient client;
  private final AuditLog audit;

  private RealApiServer(KubeBinaries binaries) {
    directory = newDirectory();
    controlPlane = new ControlPlane(binaries, directory);
    try {
      Awaitility.await("a certificate")
          .atMost(START)
          .until(() -> alive() && controlPlane.certificate().isPresent());
      config = configWith(controlPlane.adminToken());
      client = ApiServer.connect(config);
      awaitReady();
    } catch (RuntimeException e) {
      close(controlPlane);
      throw e;
    }
    CustomResourceDefinitions.create(client);
    CustomResourceDefinitions.await(client);
    audit = new AuditLog(controlPlane.auditLog(), name -> client.namespaces().withName(name).get());
  }

  /**
   * Starts one, in about four seconds. A port can be lost to another process, so it tries twice.
   */
  public static RealApiServer start(KubeBinaries binaries) {
    try {
      return new RealApiServer(binaries);
    } catch (RuntimeException first) {
      try {
        return new RealApiServer(binaries);
      } catch (RuntimeException second) {
        second.addSuppressed(first);
        throw second;
      }
    }
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public String description() {
    return "kube-apiserver " + client.getKubernetesVersion().getGitVersion();
  }

  @Override
  public String newNamespace(Map<String, String> labels) {
    return client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withGenerateName("test-")
                .withLabels(labels)
                .endMetadata()
                .build())
        .create()
        .getMetadata()
        .getName();
  }

  /** The requests that were made so far. */
  public AuditLog audit() {
    return audit;
  }

  /** A kubeconfig for kubectl, with all rights. */
  public String kubeconfig() {
    return Kubeconfig.of(config);
  }

  /** How a Pod of this ServiceAccount would connect: with a real token, for an hour. */
  public Config configOf(String namespace, String serviceAccount) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(serviceAccount)
                .endMetadata()
                .build())
        .serverSideApply();
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return configWith(token);
  }

  /** Stops the API server in its tracks: connections stay open and nothing is answered. */
  public void pause() {
    controlPlane.pauseApiserver();
  }

  /** Lets a paused API server go on. */
  public void resume() {
    controlPlane.resumeApiserver();
  }

  /** Kills the API server as a crash would: connections are reset, and nobody listens. */
  public void kill() {
    controlPlane.killApiserver();
  }

  /** Starts a killed API server with the same address and data; returns when it is ready. */
  public void restart() {
    controlPlane.restartApiserver();
    awaitReady();
  }

  @Override
  public void close() {
    if (Outputs.areSearched()) {
      leave(Outputs.of("cluster"));
    }
    client.close();
    close(controlPlane);
  }

  private void leave(Outputs outputs) {
    if (controlPlane.isAlive()) {
      outputs.addAll(client);
    }
    controlPlane.logs().forEach(outputs::add);
  }

  private void close(ControlPlane processes) {
    processes.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    Awaitility.await("a ready API server").atMost(START).until(() -> alive() && isReady());
  }

  private boolean alive() {
    controlPlane.checkAlive();
    return true;
  }

  private boolean isReady() {
    try {
      return "ok".equals(client.raw("/readyz"))
          && client.namespaces().withName("default").get() != null;
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  private Config configWith(String token) {
    String pem = controlPlane.certificate().orElseThrow();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(controlPlane.url() + "/")
        .withCaCertData(Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)))
        .withOauthToken(token)
        .build();
  }

  // Below the build directory where there is one, so that a killed run leaves nothing behind for
  // long.
  private static Path newDirectory() {
    try {
      Path target = Path.of("target").toAbsolutePath();
      return Files.isDirectory(target)
          ? Files.createTempDirectory(target, "kube-apiserver-")
          : Files.createTempDirectory("kube-apiserver-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
