package io.sesoperator.tencent;

/**
 * Codes for what goes wrong on this side of the API, in the manner of its own codes and of the
 * official SDKs.
 */
public final class ClientError {

  /** No credential is configured; nothing was sent. */
  public static final String CREDENTIAL_NOT_FOUND = "ClientError.CredentialNotFound";

  /** The credential cannot stand in a header; nothing was sent. */
  public static final String MALFORMED_CREDENTIAL = "ClientError.MalformedCredential";

  /** No connection: refused, unknown host, failed TLS handshake; nothing was sent. */
  public static final String CONNECT_FAILED = "ClientError.ConnectFailed";

  /** The connection broke. */
  public static final String NETWORK_ERROR = "ClientError.NetworkError";

  /** The whole answer did not arrive in time. */
  public static final String TIMEOUT = "ClientError.Timeout";

  /** The calling thread was interrupted. */
  public static final String INTERRUPTED = "ClientError.Interrupted";

  /** The HTTP status is not 200, the only one with which the API itself answers. */
  public static final String HTTP_STATUS_CODE = "ClientError.HttpStatusCode";

  /** HTTP 200 with something else than a complete answer of the API. */
  public static final String INVALID_RESPONSE = "ClientError.InvalidResponse";

  private ClientError() {}
}
