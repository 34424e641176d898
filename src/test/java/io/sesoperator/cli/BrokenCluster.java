package io.sesoperator.cli;

import io.sesoperator.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** API servers that cannot be asked, and how a program is led to them. */
final class BrokenCluster {

  private static final String STATUS =
      "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": %s}";

  private BrokenCluster() {}

  /** Where nobody listens. */
  static URI nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://localhost:" + free.getLocalPort());
    }
  }

  /** How an API server refuses a request. */
  static RawServer.Answer refusing(String code) {
    String body = STATUS.formatted(code);
    String head =
        "HTTP/1.1 %s No\r\nContent-Type: application/json\r\nContent-Length: %d"
            .formatted(code, body.length());
    return RawServer.answering(head, body);
  }

  /** A kubeconfig as kind and k3d write it: its context names no namespace. */
  static Path kubeconfig(Path directory, URI server) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: none}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(server));
  }
}
