package io.sesoperator.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The only interface that the simulator is reached by. */
final class Loopback {

  private Loopback() {}

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @param backlog how many connections may wait to be accepted
   * @throws UncheckedIOException if the port is taken
   */
  static ServerSocket listen(int port, int backlog) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + port + ": " + e.getMessage(), e);
    }
  }
}
