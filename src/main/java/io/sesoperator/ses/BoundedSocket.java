package io.sesoperator.ses;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A connection that comes to an end whatever its server does: after a silence, after a time in all,
 * after so many bytes. It remembers why, since a mail library does not always tell.
 */
final class BoundedSocket extends Socket {

  /** What became of the connection. */
  enum Fate {
    ALIVE,
    /** The other side ended it. */
    LOST,
    TIMED_OUT,
    FLOODED
  }

  /**
   * When it ends.
   *
   * @param silence for connecting, and between two bytes of the server
   * @param whole from connecting to the end
   * @param bytes what the server may say
   */
  record Limits(Duration silence, Duration whole, int bytes) {}

  private final Limits limits;
  private volatile Fate fate = Fate.ALIVE;

  BoundedSocket(Limits limits) {
    this.limits = limits;
  }

  Fate fate() {
    return fate;
  }

  /** Connects to a host, whose name the socket then knows exactly as it is given here. */
  void connect(String host, int port) throws IOException {
    // with the name, so that nobody looks up another one, to check the certificate by
    InetAddress named = InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
    Executor end =
        CompletableFuture.delayedExecutor(limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    end.execute(this::expire);
    setSoTimeout(Math.toIntExact(limits.silence().toMillis()));
    connect(new InetSocketAddress(named, port), Math.toIntExact(limits.silence().toMillis()));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Metered(super.getInputStream());
  }

  private void expire() {
    if (!isClosed()) {
      end(Fate.TIMED_OUT);
    }
  }

  private void end(Fate reason) {
    fate = reason;
    try {
      close();
    } catch (IOException _) {
      // it is of no use any more, closed or not
    }
  }

  /** Counts what comes, and notes how it ends. */
  private final class Metered extends FilterInputStream {

    private int left = limits.bytes();

    Metered(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = received(buffer, offset, length);
      left -= Math.max(0, count);
      if (left < 0) {
        end(Fate.FLOODED);
        throw new IOException("The server says too much");
      }
      return count;
    }

    private int received(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = in.read(buffer, offset, length);
        if (count < 0) {
          note(Fate.LOST);
        }
        return count;
      } catch (SocketTimeoutException e) {
        note(Fate.TIMED_OUT);
        throw e;
      } catch (IOException e) {
        note(Fate.LOST);
        throw e;
      }
    }

    /** The first reason is the right one. */
    private void note(Fate reason) {
      if (fate == Fate.ALIVE) {
        fate = reason;
      }
    }
  }
}
