package io.sesoperator.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of SMTP that says anything, right or wrong: sockets of the JDK and nothing else. */
final class SmtpCaller implements AutoCloseable {

  private final SSLContext trust;
  private final String host;
  private Socket socket;
  private InputStream in;

  private SmtpCaller(Simulator simulator, String host, int port)
      throws IOException, GeneralSecurityException {
    this.trust = trusting(simulator.caCertificate());
    this.host = host;
    this.socket = new Socket("127.0.0.1", port);
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setSoTimeout(20_000);
  }

  /** In plain text; the greeting is not read yet. */
  static SmtpCaller inPlainText(Simulator simulator) throws IOException, GeneralSecurityException {
    return new SmtpCaller(simulator, "localhost", simulator.smtpStartTlsPort());
  }

  /** On the TLS port, before the handshake. */
  static SmtpCaller ofTlsPort(Simulator simulator, String host)
      throws IOException, GeneralSecurityException {
    return new SmtpCaller(simulator, host, simulator.smtpTlsPort());
  }

  /** Under TLS, greeted. */
  static SmtpCaller underTls(Simulator simulator) throws IOException, GeneralSecurityException {
    SmtpCaller caller = ofTlsPort(simulator, "localhost");
    caller.handshake();
    caller.reply();
    return caller;
  }

  private static SSLContext trusting(String pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8))));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }

  void handshake() throws IOException {
    SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, 0, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** One command and the whole reply to it, lines separated by {@code |}. */
  String say(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  /** As {@link #say}, with words that go as base64. */
  String say(String command, String secret) throws IOException {
    return say(command + base64(secret));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  String reply() throws IOException {
    String line = line();
    return line.length() > 3 && line.charAt(3) == '-' ? line + "|" + reply() : line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("Connection closed");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** Reads what comes, at most so much. */
  byte[] read(int most) throws IOException {
    return in.readNBytes(most);
  }

  /** Logs in with PLAIN; the reply. */
  String login(String address, String password) throws IOException {
    say("EHLO test");
    return say("AUTH PLAIN ", "\0" + address + "\0" + password);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
