package io.sesoperator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A kube-apiserver with its etcd as two processes on loopback, with RBAC and an audit log, and no
 * controllers: nothing collects garbage, namespaces never finish deleting, no ServiceAccount comes
 * by itself.
 */
final class ControlPlane implements AutoCloseable {

  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: None
          users: ["system:apiserver"]
        # with what was written, so that it can be searched for passwords
        - level: Request
          verbs: [create, update, patch]
          resources:
            - group: ses-operator.io
            - group: events.k8s.io
            - group: coordination.k8s.io
            - group: ""
              resources: [events, configmaps]
        - level: Metadata
      """;

  private final KubeBinaries binaries;
  private final Path directory;
  private final Ports ports = Ports.free();
  private final String adminToken = UUID.randomUUID().toString();
  private final GuardedProcess etcd;
  private GuardedProcess apiserver;

  /** Starts both; answers come a few seconds later. */
  ControlPlane(KubeBinaries binaries, Path directory) {
    this.binaries = binaries;
    this.directory = directory;
    write("audit-policy.yaml", AUDIT_POLICY);
    write("tokens.csv", adminToken + ",admin,admin,system:masters\n");
    KeyPair tokens = newKeyPair();
    write("tokens.key", pem("PRIVATE KEY", tokens.getPrivate()));
    write("tokens.pub", pem("PUBLIC KEY", tokens.getPublic()));
    etcd = new GuardedProcess(file("etcd.log"), etcdCommand());
    apiserver = startApiserver();
  }

  String url() {
    return "https://127.0.0.1:" + ports.apiserver;
  }

  /** The token of a user {@code admin} in {@code system:masters}. */
  String adminToken() {
    return adminToken;
  }

  Path auditLog() {
    return file("audit.log");
  }

  /** The certificate to trust, as soon as the API server has made it. */
  Optional<String> certificate() {
    Path pem = file("apiserver.crt");
    try {
      return Files.exists(pem) && Files.size(pem) > 0
          ? Optional.of(Files.readString(pem))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What both processes wrote down, and who asked the API server for what. */
  List<Path> logs() {
    return Stream.of("audit.log", "kube-apiserver.log", "etcd.log")
        .map(this::file)
        .filter(Files::exists)
        .toList();
  }

  boolean isAlive() {
    try {
      checkAlive();
      return true;
    } catch (IllegalStateException _) {
      return false;
    }
  }

  /** Fails with the end of its log when one of the processes has ended. */
  void checkAlive() {
    etcd.checkAlive();
    apiserver.checkAlive();
  }

  void pauseApiserver() {
    apiserver.pause();
  }

  void resumeApiserver() {
    apiserver.resume();
  }

  void killApiserver() {
    apiserver.close();
  }

  /** Starts the API server again after a kill: same address, same data, same keys. */
  void restartApiserver() {
    apiserver = startApiserver();
  }

  @Override
  public void close() {
    apiserver.close();
    etcd.close();
  }

  private GuardedProcess startApiserver() {
    return new GuardedProcess(file("kube-apiserver.log"), apiserverCommand());
  }

  private List<String> etcdCommand() {
    String clients = "http://127.0.0.1:" + ports.etcd;
    String peers = "http://127.0.0.1:" + ports.etcdPeer;
    return List.of(
        binaries.etcd().toString(),
        "--data-dir=" + file("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
  }

  private List<String> apiserverCommand() {
    return List.of(
        binaries.kubeApiserver().toString(),
        "--etcd-servers=http://127.0.0.1:" + ports.etcd,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + ports.apiserver,
        "--cert-dir=" + directory,
        "--token-auth-file=" + file("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + file("tokens.pub"),
        "--service-account-signing-key-file=" + file("tokens.key"),
        "--service-cluster-ip-range=10.0.0.0/24",
        "--endpoint-reconciler-type=none",
        // its controller would have to make each namespace's default account
        "--disable-admission-plugins=ServiceAccount",
        "--audit-policy-file=" + file("audit-policy.yaml"),
        "--audit-log-path=" + auditLog());
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private void write(String name, String content) {
    try {
      Files.writeString(file(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, Key key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }

  private record Ports(int apiserver, int etcd, int etcdPeer) {

    /** Three that are free now; another process may still take one before we do. */
    static Ports free() {
      try (ServerSocket one = new ServerSocket(0);
          ServerSocket two = new ServerSocket(0);
          ServerSocket three = new ServerSocket(0)) {
        return new Ports(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
