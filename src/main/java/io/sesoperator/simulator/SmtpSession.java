package io.sesoperator.simulator;

import io.sesoperator.simulator.SmtpLogins.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/**
 * The dialogue with one client: submission (RFC 6409) as far as a login and what leads to it. Mail
 * is refused at its text, so nothing is ever taken.
 */
final class SmtpSession {

  /** How the client gets TLS. */
  enum Security {
    /** It has it from the first byte. */
    TLS,
    /** By asking, and before that there are no logins. */
    STARTTLS,
    /** Never, and logins are taken in plain text: what somebody in the middle makes of it. */
    STRIPPED,
    /** In one way or the other, and there are no logins at all. */
    WITHOUT_LOGIN
  }

  /** Changes a connection that begins in plain text. */
  interface Upgrade {
    void secure(SmtpConnection connection) throws IOException;
  }

  private static final int LONGEST_COMMAND = 512; // RFC 5321, 4.5.3.1.4
  private static final int MOST_ERRORS = 10;
  private static final String NAME = "ses.simulator";

  private final SmtpConnection connection;
  private final Security security;
  private final Upgrade upgrade;
  private final SmtpAuthentication authentication;
  private boolean greeted;
  private boolean authenticated;
  private boolean sender;
  private boolean recipient;
  private int errors;

  SmtpSession(SmtpConnection connection, Security security, Upgrade upgrade, SmtpLogins logins) {
    this.connection = connection;
    this.security = security;
    this.upgrade = upgrade;
    this.authentication = new SmtpAuthentication(connection, logins);
  }

  void greet() throws IOException {
    connection.reply(220, NAME + " ESMTP");
  }

  /** Talks until one of the two has enough. */
  void talk() throws IOException {
    greet();
    boolean open = true;
    while (open) {
      open = next();
      if (errors >= MOST_ERRORS) {
        connection.reply(421, "4.7.0 Too many errors");
        open = false;
      }
    }
  }

  private boolean next() throws IOException {
    String line;
    try {
      // an AUTH with its initial response may be longer than other commands (RFC 4954, 4)
      line = connection.readLine(SmtpAuthentication.LONGEST_LINE);
    } catch (SmtpConnection.LongLine _) {
      return complain(500, "5.5.2 Line too long");
    }
    String[] words = line.split(" ", 2);
    String verb = words[0].toUpperCase(Locale.ROOT);
    if (line.length() > LONGEST_COMMAND && !verb.equals("AUTH")) {
      return complain(500, "5.5.2 Line too long");
    }
    return command(verb, words.length > 1 ? words[1].strip() : "");
  }

  private boolean command(String verb, String argument) throws IOException {
    return switch (verb) {
      case "EHLO" -> hello(argument);
      case "HELO" -> argument.isEmpty() ? noArgument() : helo();
      case "STARTTLS" -> startTls(argument);
      case "AUTH" -> auth(argument);
      case "MAIL", "RCPT", "DATA" -> authenticated ? mail(verb, argument) : authFirst();
      case "RSET" -> reset();
      case "NOOP" -> say(250, "2.0.0 OK");
      case "QUIT" -> {
        connection.reply(221, "2.0.0 Bye");
        yield false;
      }
      case "VRFY", "EXPN", "HELP", "TURN", "ETRN", "BDAT" ->
          complain(502, "5.5.1 Command not implemented");
      default -> complain(500, "5.5.2 Command not known");
    };
  }

  private boolean hello(String argument) throws IOException {
    if (argument.isEmpty()) {
      return noArgument();
    }
    greeted = true;
    String offer =
        maySayPasswords() ? authentication.offer() : mayAskForTls() ? "STARTTLS" : "HELP";
    connection.reply(250, NAME, "SIZE 10485760", "8BITMIME", "ENHANCEDSTATUSCODES", offer);
    return true;
  }

  private boolean helo() throws IOException {
    greeted = true;
    return say(250, NAME);
  }

  private boolean maySayPasswords() {
    return switch (security) {
      case TLS, STARTTLS -> connection.isSecure();
      case STRIPPED -> true;
      case WITHOUT_LOGIN -> false;
    };
  }

  private boolean mayAskForTls() {
    return !connection.isSecure() && security != Security.STRIPPED;
  }

  private boolean startTls(String argument) throws IOException {
    if (connection.isSecure()) {
      return complain(503, "5.5.1 TLS is already there");
    }
    if (security == Security.STRIPPED) {
      return complain(502, "5.5.1 Command not implemented");
    }
    if (!argument.isEmpty()) {
      return complain(501, "5.5.4 STARTTLS takes no argument");
    }
    if (connection.hasMore()) {
      // a command smuggled in before TLS must not count as said under it (RFC 3207, 5)
      connection.reply(421, "4.7.0 Nothing may follow STARTTLS");
      return false;
    }
    connection.reply(220, "2.0.0 Go ahead");
    upgrade.secure(connection);
    greeted = false;
    return true;
  }

  private boolean auth(String argument) throws IOException {
    if (connection.isSecure() && security == Security.WITHOUT_LOGIN) {
      return complain(502, "5.5.1 Command not implemented");
    }
    if (!maySayPasswords()) {
      return complain(530, "5.7.0 Must issue a STARTTLS command first");
    }
    if (!greeted) {
      return complain(503, "5.5.1 Say EHLO first");
    }
    if (authenticated) {
      return complain(503, "5.5.1 Already authenticated");
    }
    try {
      return verdict(authentication.decide(argument));
    } catch (SmtpAuthentication.Misuse e) {
      return complain(e.code(), e.text());
    }
  }

  private boolean verdict(Verdict verdict) throws IOException {
    return switch (verdict) {
      case ACCEPTED -> {
        authenticated = true;
        yield say(235, "2.0.0 OK");
      }
      case REFUSED -> complain(535, "5.7.0 Invalid login or password");
      case DEFERRED -> complain(454, "4.7.0 Temporary authentication failure");
      case LOST -> throw new EOFException("Closed by a fault");
      case UNANSWERED -> {
        connection.drain();
        yield false;
      }
    };
  }

  private boolean authFirst() throws IOException {
    return complain(530, "5.7.0 Authentication required");
  }

  private boolean mail(String verb, String argument) throws IOException {
    String wanted = argument.toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "MAIL" -> sender(wanted);
      case "RCPT" -> recipient(wanted);
      default ->
          recipient
              ? complain(554, "5.7.1 This is a simulator: no mail is taken")
              : complain(503, "5.5.1 RCPT first");
    };
  }

  private boolean sender(String argument) throws IOException {
    if (sender) {
      return complain(503, "5.5.1 There is a sender already");
    }
    sender = argument.startsWith("FROM:");
    return sender ? say(250, "2.1.0 OK") : noArgument();
  }

  private boolean recipient(String argument) throws IOException {
    if (!sender) {
      return complain(503, "5.5.1 MAIL first");
    }
    boolean right = argument.startsWith("TO:");
    recipient |= right;
    return right ? say(250, "2.1.5 OK") : noArgument();
  }

  private boolean reset() throws IOException {
    sender = false;
    recipient = false;
    return say(250, "2.0.0 OK");
  }

  private boolean noArgument() throws IOException {
    return complain(501, "5.5.4 Argument missing or wrong");
  }

  private boolean complain(int code, String text) throws IOException {
    errors++;
    return say(code, text);
  }

  private boolean say(int code, String text) throws IOException {
    connection.reply(code, text);
    return true;
  }
}
