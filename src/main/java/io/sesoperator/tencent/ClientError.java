package io.sesoperator.tencent;

/**
 * Codes for what goes wrong on this side of the API, in the manner of its own codes and of the
 * official SDKs.
 */
public final class ClientError {

  /** No credential is configured; nothing was sent. */
  public static final String CREDENTIAL_NOT_FOUND = "ClientError.CredentialNotFound";

  /** Some of the variables of TKE's workload identity are set, but not all; nothing was sent. */
  public static final String WORKLOAD_IDENTITY_INCOMPLETE =
      "ClientError.WorkloadIdentityIncomplete";

  /** The file with the token of the workload identity is missing or empty; nothing was sent. */
  public static final String TOKEN_FILE_UNREADABLE = "ClientError.TokenFileUnreadable";

  /** STS gives no credential for this identity, with its code as a detail. */
  public static final String STS_REFUSED = "ClientError.StsRefused";

  /** STS gave no usable answer, with its code or one of these as a detail. */
  public static final String STS_UNAVAILABLE = "ClientError.StsUnavailable";

  /** The metadata service knows of no role that is bound to this CVM. */
  public static final String INSTANCE_ROLE_NOT_FOUND = "ClientError.InstanceRoleNotFound";

  /** The metadata service gave no usable answer, with one of these codes as a detail. */
  public static final String METADATA_UNAVAILABLE = "ClientError.MetadataUnavailable";

  /** A temporary credential had ended when it came, by our clock; nothing was sent. */
  public static final String CREDENTIAL_EXPIRED = "ClientError.CredentialExpired";

  /** The credential cannot stand in a header; nothing was sent. */
  public static final String MALFORMED_CREDENTIAL = "ClientError.MalformedCredential";

  /** The caller changed its mind at the last moment; nothing was sent. */
  public static final String NOT_SENT = "ClientError.NotSent";

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

  private static final String PREFIX = "ClientError.";

  private ClientError() {}

  /** A code as the detail of another. */
  static String detail(String family, String code) {
    return family + "." + (code.startsWith(PREFIX) ? code.substring(PREFIX.length()) : code);
  }
}
