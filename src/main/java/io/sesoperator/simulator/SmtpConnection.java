package io.sesoperator.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The lines of one SMTP connection, before and after TLS. */
final class SmtpConnection implements Closeable {

  /** A line that is longer than a client may send; its rest was thrown away. */
  static final class LongLine extends IOException {
    private static final long serialVersionUID = 1;
  }

  // beyond this nobody is mistaken any more
  private static final int MOST_THROWN_AWAY = 64 * 1024;

  private final Socket raw;
  private Socket socket;
  private InputStream in;
  private volatile boolean secure;
  private volatile boolean speaking;

  SmtpConnection(Socket raw, Duration idleLimit) throws IOException {
    this.raw = raw;
    this.socket = raw;
    raw.setTcpNoDelay(true);
    raw.setSoTimeout(Math.toIntExact(idleLimit.toMillis()));
    this.in = new BufferedInputStream(raw.getInputStream());
  }

  boolean isSecure() {
    return secure;
  }

  /** Whether the client has sent more than was read. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  void startTls(SSLContext context) throws IOException {
    speaking = false;
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(raw, "client", raw.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    synchronized (this) {
      socket = tls;
    }
    // what came in plain text is forgotten with the old buffer
    in = new BufferedInputStream(tls.getInputStream());
    secure = true;
  }

  /** A server's hello of TLS 1.0, which the JDK itself no longer says. */
  void offerOldTls() throws IOException {
    speaking = false;
    in.mark(1);
    in.read();
    in.reset();
    raw.getOutputStream().write(OldTls.hello());
    drain();
  }

  /**
   * The next line, without its end.
   *
   * @throws LongLine if it is longer than {@code longest}
   */
  String readLine(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      length++;
      if (next < 0 || length > longest + MOST_THROWN_AWAY) {
        throw new EOFException("No whole line");
      }
      if (length <= longest) {
        line.write(next);
      }
    }
    if (length > longest) {
      throw new LongLine();
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Sends lines, all but the last marked as to be continued. */
  void reply(int code, String... lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      text.append(code).append(i < lines.length - 1 ? '-' : ' ').append(lines[i]).append("\r\n");
    }
    write(text.toString());
    speaking = true;
  }

  void write(String text) throws IOException {
    OutputStream out;
    synchronized (this) {
      out = socket.getOutputStream();
    }
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Reads until the client goes, and answers nothing. */
  void drain() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Says a last line, where one would be understood, and closes. */
  void dismiss(String reason) throws IOException {
    try (this) {
      if (speaking) {
        reply(421, reason);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Socket last;
    synchronized (this) {
      last = socket;
    }
    try (raw) {
      last.close();
    }
  }

  /** Closes without another word, whoever is writing. */
  void abort() throws IOException {
    raw.close();
  }
}
