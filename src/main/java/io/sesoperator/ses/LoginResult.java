package io.sesoperator.ses;

/** What came of a login by SMTP. Only an answer to the login itself says anything of a password. */
public sealed interface LoginResult {

  /** The server takes this password now. */
  record Accepted() implements LoginResult {}

  /**
   * The server doesn't take this password now: it is another one, or a change has not reached the
   * server yet.
   */
  record Refused() implements LoginResult {}

  /** Nothing is known of the password. */
  record Unreachable(Cause cause) implements LoginResult {}

  /** Why nothing is known. */
  enum Cause {
    /** The host's name is not known. */
    UNKNOWN_HOST,
    /** There is no connection, or it was closed before the answer. */
    CONNECTION,
    /** The server was silent for too long, or took too long in all. */
    TIME_OUT,
    /** The server's certificate is not trusted, has ended or is for another host. */
    CERTIFICATE,
    /** The server offers no TLS, or none that is new enough. */
    TLS,
    /** The server says that it can't tell now. */
    TEMPORARY,
    /** The server said what no SMTP server says, or offers no login that we know. */
    PROTOCOL,
    /** No login was tried: too many others are under way. */
    BUSY
  }
}
