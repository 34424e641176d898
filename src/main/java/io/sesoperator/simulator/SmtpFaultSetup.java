package io.sesoperator.simulator;

/**
 * A fault of SMTP being described: whose, how often; the last method says what happens and puts it
 * into the script. {@link #refuse}, {@link #defer}, {@link #lose} and {@link #hang} strike logins,
 * the others connections.
 */
public final class SmtpFaultSetup {

  private final SmtpScript script;
  private final String address;
  private final int times;

  SmtpFaultSetup(SmtpScript script, String address, int times) {
    this.script = script;
    this.address = address;
    this.times = times;
  }

  /** Only logins of this sender address. */
  public SmtpFaultSetup to(String sender) {
    return new SmtpFaultSetup(script, sender, times);
  }

  /** The next {@code count}, not only the next one. */
  public SmtpFaultSetup times(int count) {
    return new SmtpFaultSetup(script, address, count);
  }

  /** Every one, until the script is cleared. */
  public SmtpFaultSetup always() {
    return times(Integer.MAX_VALUE);
  }

  /** 535, although the password is right. */
  public void refuse() {
    put(SmtpFault.REFUSE);
  }

  /** 454: a temporary trouble in answer to a login. */
  public void defer() {
    put(SmtpFault.DEFER);
  }

  /** The connection is closed in answer to a login. */
  public void lose() {
    put(SmtpFault.LOSE);
  }

  /** A login gets no answer, and the connection stays open. */
  public void hang() {
    put(SmtpFault.HANG);
  }

  /** 421 in place of the greeting. */
  public void busy() {
    put(SmtpFault.BUSY);
  }

  /** The connection is closed before a byte is said. */
  public void close() {
    put(SmtpFault.CLOSE);
  }

  /** The connection is accepted, and not a byte is said. */
  public void silent() {
    put(SmtpFault.SILENT);
  }

  /** The greeting isn't SMTP. */
  public void garbage() {
    put(SmtpFault.GARBAGE);
  }

  /** The greeting is a line that doesn't end. */
  public void endlessLine() {
    put(SmtpFault.ENDLESS_LINE);
  }

  /** The reply to EHLO always announces one more line. */
  public void endlessReply() {
    put(SmtpFault.ENDLESS_REPLY);
  }

  /** There is TLS, but no login is offered. */
  public void noAuth() {
    put(SmtpFault.NO_AUTH);
  }

  /** The certificate is for another name. */
  public void wrongName() {
    put(SmtpFault.WRONG_NAME);
  }

  /** The certificate has ended. */
  public void expired() {
    put(SmtpFault.EXPIRED);
  }

  /** The server speaks TLS 1.0 and nothing newer. */
  public void oldTls() {
    put(SmtpFault.OLD_TLS);
  }

  /** No STARTTLS is offered, and logins in plain text are. */
  public void stripStartTls() {
    put(SmtpFault.STRIP_STARTTLS);
  }

  private void put(SmtpFault fault) {
    script.put(fault, address, times);
  }
}
