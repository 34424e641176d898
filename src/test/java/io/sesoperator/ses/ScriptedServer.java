package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One connection in plain text: each line of the script is said, then a line is waited for. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listener;

  ScriptedServer(String... script) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> talk(script));
  }

  SmtpServer asStartTls() {
    return new SmtpServer("127.0.0.1", listener.getLocalPort(), SmtpServer.Security.STARTTLS);
  }

  private void talk(String... script) {
    try (Socket socket = listener.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      for (String line : script) {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        in.readLine();
      }
    } catch (IOException _) {
      // the client has heard enough
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
