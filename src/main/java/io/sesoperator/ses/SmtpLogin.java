package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.password.Password;
import io.sesoperator.ses.BoundedSocket.Fate;
import io.sesoperator.ses.LoginResult.Cause;
import io.sesoperator.ses.LoginResult.Unreachable;
import io.sesoperator.ses.SmtpServer.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Proves a password by logging in with it. No mail is sent, and nothing that the server says is
 * handed on but what it means.
 *
 * <p>A login takes up to half a minute, in which its thread waits: it is meant for virtual threads.
 */
public final class SmtpLogin {

  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration WHOLE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int AT_ONCE = 4;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext trust;
  private final BoundedSocket.Limits limits;
  private final Duration longestWait;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  SmtpLogin(SSLContext trust, BoundedSocket.Limits limits, Duration longestWait) {
    this.trust = trust;
    this.limits = limits;
    this.longestWait = longestWait;
  }

  private SmtpLogin(SSLContext trust) {
    this(trust, new BoundedSocket.Limits(SILENCE, WHOLE, MOST_BYTES), LONGEST_WAIT);
  }

  /** Believes in the JVM's certificate authorities. */
  public static SmtpLogin trustingTheJvm() {
    return new SmtpLogin(SmtpTrust.ofTheJvm());
  }

  /**
   * Believes in further certificate authorities too.
   *
   * @param pem one certificate or several
   * @throws IllegalArgumentException if there is none in it
   */
  public static SmtpLogin trusting(String pem) {
    return new SmtpLogin(SmtpTrust.withPem(pem));
  }

  /**
   * Logs in once, and out again. Four logins are made at once, the others wait in their order. The
   * caller closes {@code password}, and not before this returns.
   */
  public LoginResult login(SmtpServer server, String address, Password password) {
    byte[] live = password.bytes();
    if (!takePlace()) {
      return new Unreachable(Cause.BUSY);
    }
    try (BoundedSocket socket = new BoundedSocket(limits)) {
      return login(server, socket, session(server, address, live));
    } catch (IOException _) {
      return new Unreachable(Cause.CONNECTION); // not even closed
    } finally {
      places.release();
    }
  }

  private boolean takePlace() {
    try {
      return places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private LoginResult login(SmtpServer server, BoundedSocket socket, Session session) {
    SMTPTransport transport =
        new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null));
    try {
      transport.connect(connected(server, socket));
      LoginResult result = verdict(transport);
      quit(transport);
      return result;
    } catch (AuthenticationFailedException _) {
      return LoginVerdicts.ofReply(transport.getLastReturnCode(), fate(transport, socket));
    } catch (MessagingException e) {
      return LoginVerdicts.ofFailure(
          reason(e, server, transport), transport.getLastReturnCode(), fate(transport, socket));
    } catch (IOException | RuntimeException e) {
      return LoginVerdicts.ofFailure(e, 0, socket.fate());
    }
  }

  private static void quit(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException _) {
      // a server that is gone has answered before
    }
  }

  /** The library is content with a server that knows no login at all. */
  private static LoginResult verdict(SMTPTransport transport) {
    return transport.supportsExtension("AUTH")
        ? LoginVerdicts.ofReply(transport.getLastReturnCode())
        : new Unreachable(Cause.PROTOCOL);
  }

  /** An orderly end of TLS is none of the connection below; the library marks any in one way. */
  private static Fate fate(SMTPTransport transport, BoundedSocket socket) {
    return socket.fate() == Fate.ALIVE && "[EOF]".equals(transport.getLastServerResponse())
        ? Fate.LOST
        : socket.fate();
  }

  /** That a server offers no STARTTLS is told by the library in words alone. */
  private static Exception reason(
      MessagingException failure, SmtpServer server, SMTPTransport transport) {
    boolean stripped =
        server.security() == Security.STARTTLS
            && transport.getLastReturnCode() == 250
            && !transport.supportsExtension("STARTTLS");
    return stripped ? new SSLException("No STARTTLS") : failure;
  }

  private Socket connected(SmtpServer server, BoundedSocket socket) throws IOException {
    socket.connect(server.host(), server.port());
    return switch (server.security()) {
      case TLS -> underTls(server, socket);
      case STARTTLS -> socket;
    };
  }

  private SSLSocket underTls(SmtpServer server, BoundedSocket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trust.getSocketFactory().createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private Session session(SmtpServer server, String address, byte[] live) {
    Properties settings = new Properties();
    settings.put("mail.smtp.auth", "true");
    settings.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    settings.put("mail.smtp.sasl.authorizationid", "");
    settings.put("mail.smtp.localhost", "localhost");
    settings.put("mail.smtp.quitwait", "false");
    settings.put("mail.smtp.starttls.enable", server.security() == Security.STARTTLS);
    settings.put("mail.smtp.starttls.required", server.security() == Security.STARTTLS);
    settings.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
    settings.put("mail.smtp.ssl.protocols", String.join(" ", PROTOCOLS));
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    // with these the library would write what a login consists of into java.util.logging
    settings.put("mail.debug", "false");
    settings.put("mail.debug.auth", "false");
    settings.put("mail.debug.auth.username", "false");
    settings.put("mail.debug.auth.password", "false");
    return Session.getInstance(settings, new Answer(address, live));
  }

  /**
   * The library wants a String, which cannot be wiped. It is made at the moment of the login and
   * hangs on nothing but that login's session (docs/decisions/0005).
   */
  private static final class Answer extends Authenticator {

    private final String address;
    private final byte[] live;

    Answer(String address, byte[] live) {
      this.address = address;
      this.live = live;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication(address, new String(live, UTF_8));
    }
  }
}
