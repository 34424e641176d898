package io.sesoperator.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** One end of a connection, to be reset rather than closed: the other end gets nothing more. */
final class Wire {

  private final Socket transport;
  private final Socket talk;
  private final InputStream in;

  Wire(Socket socket) throws IOException {
    this(socket, socket);
  }

  /** A connection that talks, by TLS say, through another one. */
  Wire(Socket transport, Socket talk) throws IOException {
    transport.setTcpNoDelay(true);
    this.transport = transport;
    this.talk = talk;
    this.in = new BufferedInputStream(talk.getInputStream());
  }

  InputStream in() {
    return in;
  }

  void write(byte[] bytes) throws IOException {
    talk.getOutputStream().write(bytes);
    talk.getOutputStream().flush();
  }

  void reset() {
    try {
      transport.setSoLinger(true, 0);
      transport.close();
    } catch (IOException _) {
      // closed already
    }
  }
}
