package io.sesoperator.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sesoperator.simulator.SmtpLogins.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** AUTH PLAIN (RFC 4616) and AUTH LOGIN, as far as the verdict. */
final class SmtpAuthentication {

  /** RFC 4954, 4. */
  static final int LONGEST_LINE = 12_288;

  /** What a client did wrong. Never quotes what it sent. */
  static final class Misuse extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String text;

    Misuse(int code, String text) {
      super(text);
      this.code = code;
      this.text = text;
    }

    int code() {
      return code;
    }

    String text() {
      return text;
    }
  }

  private static final String NO_RESPONSE = "";

  private final SmtpConnection connection;
  private final SmtpLogins logins;

  SmtpAuthentication(SmtpConnection connection, SmtpLogins logins) {
    this.connection = connection;
    this.logins = logins;
  }

  /** What EHLO says of it. */
  String offer() {
    return "AUTH " + String.join(" ", logins.mechanisms());
  }

  /** Goes through one AUTH command, with what else it needs from the client. */
  Verdict decide(String argument) throws IOException, Misuse {
    String[] words = argument.split(" ", 2);
    String initial = words.length > 1 ? words[1].strip() : NO_RESPONSE;
    String mechanism = words[0].toUpperCase(Locale.ROOT);
    if (mechanism.isEmpty()) {
      throw new Misuse(501, "5.5.4 AUTH needs a mechanism");
    }
    if (!logins.mechanisms().contains(mechanism)) {
      throw new Misuse(504, "5.5.4 Mechanism not known");
    }
    return mechanism.equals("PLAIN") ? plain(initial) : login(initial);
  }

  private Verdict plain(String initial) throws IOException, Misuse {
    byte[] response = initial.equals(NO_RESPONSE) ? ask("") : decoded(initial);
    List<byte[]> parts = parts(response);
    Arrays.fill(response, (byte) 0);
    if (parts.size() != 3) {
      throw new Misuse(501, "5.5.2 Not an answer to PLAIN");
    }
    String authorization = text(parts.getFirst());
    String address = text(parts.get(1));
    if (!authorization.isEmpty() && !authorization.equals(address)) {
      throw new Misuse(535, "5.7.0 Nobody may act for somebody else");
    }
    return decide(address, parts.getLast(), "PLAIN");
  }

  private Verdict login(String initial) throws IOException, Misuse {
    byte[] address = initial.equals(NO_RESPONSE) ? ask("Username:") : decoded(initial);
    return decide(text(address), ask("Password:"), "LOGIN");
  }

  private Verdict decide(String address, byte[] candidate, String mechanism) {
    try {
      String protection = connection.isSecure() ? " over TLS" : " in plain text";
      return logins.decide(address, candidate, mechanism + protection);
    } finally {
      Arrays.fill(candidate, (byte) 0);
    }
  }

  private byte[] ask(String question) throws IOException, Misuse {
    connection.reply(334, Base64.getEncoder().encodeToString(question.getBytes(US_ASCII)));
    String answer;
    try {
      answer = connection.readLine(LONGEST_LINE);
    } catch (SmtpConnection.LongLine _) {
      throw new Misuse(500, "5.5.6 Line too long");
    }
    if (answer.equals("*")) {
      throw new Misuse(501, "5.7.0 Login cancelled");
    }
    return decoded(answer);
  }

  private static byte[] decoded(String base64) throws Misuse {
    try {
      return base64.equals("=") ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new Misuse(501, "5.5.2 Not base64");
    }
  }

  /** What the zeros separate. */
  private static List<byte[]> parts(byte[] response) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= response.length; i++) {
      if (i == response.length || response[i] == 0) {
        parts.add(Arrays.copyOfRange(response, start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
