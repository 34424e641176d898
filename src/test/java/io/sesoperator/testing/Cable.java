package io.sesoperator.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The network between one client and a server on loopback, which can be cut, and can swallow what
 * the client says. Nothing is changed on the way, so TLS goes through.
 */
public final class Cable implements AutoCloseable {

  private static final int LONGEST_WAIT_SECONDS = 20;

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch swallowed = new CountDownLatch(1);
  private volatile boolean cut;
  private volatile boolean swallowing;

  private Cable(InetSocketAddress server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** A cable to the server that {@code config} names. */
  public static Cable to(Config config) throws IOException {
    URI url = URI.create(config.getMasterUrl());
    return new Cable(new InetSocketAddress(url.getHost(), url.getPort()));
  }

  /** How to connect through this cable instead. */
  public Config through(Config config) {
    return new ConfigBuilder(config)
        .withMasterUrl("https://127.0.0.1:" + listener.getLocalPort() + "/")
        .build();
  }

  /** Resets every connection, and each new one, until {@link #mend}. */
  public void cut() {
    cut = true;
    sockets.forEach(Cable::reset);
  }

  public void mend() {
    cut = false;
  }

  /** From now on nothing that the client says arrives, and it gets no sign of that. */
  public void swallow() {
    swallowing = true;
  }

  /** Waits until the client has said something that was swallowed. */
  public void awaitSwallowed() throws InterruptedException {
    if (!swallowed.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The client said nothing");
    }
  }

  @Override
  public void close() {
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException _) {
        // closed, or the server refuses: the client sees a reset
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    if (cut) {
      reset(client);
      return;
    }
    Socket upstream = new Socket();
    try {
      upstream.connect(server);
    } catch (IOException e) {
      reset(client);
      throw e;
    }
    sockets.add(upstream);
    Thread.startVirtualThread(() -> pump(client, upstream, true));
    Thread.startVirtualThread(() -> pump(upstream, client, false));
    if (cut) {
      cut();
    }
  }

  private void pump(Socket from, Socket to, boolean upstream) {
    byte[] buffer = new byte[16 * 1024];
    try (Closeable _ = () -> reset(from);
        Closeable _ = () -> reset(to)) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (upstream && swallowing) {
          swallowed.countDown();
        } else {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // one side is gone, and so is the other now
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException _) {
      // closed already
    }
  }
}
