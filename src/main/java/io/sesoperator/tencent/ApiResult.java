package io.sesoperator.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What came of one API call. */
public sealed interface ApiResult {

  /**
   * How far our clock is ahead of the server's, to about a second; negative if it is behind, absent
   * when no answer came.
   */
  Optional<Duration> clockSkew();

  /**
   * The API did what it was asked.
   *
   * @param response the object under {@code Response}
   */
  record ApiResponse(JsonNode response, String requestId, Optional<Duration> clockSkew)
      implements ApiResult {}

  /**
   * The API refused, or gave no usable answer. {@code code} alone tells whether it may have been
   * carried out; the provider's {@code Message} is dropped, as it "may frequently change" and can
   * carry anything (https://cloud.tencent.com/document/api/664/51412).
   *
   * @param code the provider's code, or a constant of {@link ClientError}
   */
  record ApiFailure(String code, Optional<String> requestId, Optional<Duration> clockSkew)
      implements ApiResult {

    private static final Set<String> REFUSED_CREDENTIAL =
        Set.of("AuthFailure.SecretIdNotFound", "AuthFailure.TokenFailure");

    /** A failure on this side; nothing was sent. */
    static ApiFailure of(String code) {
      return new ApiFailure(code, Optional.empty(), Optional.empty());
    }

    /** The same failure as a detail of a code of ours. */
    ApiFailure within(String family) {
      return new ApiFailure(ClientError.detail(family, code), requestId, clockSkew);
    }

    /** Whether the API does not know the credential, or no longer. */
    public boolean refusesCredential() {
      return REFUSED_CREDENTIAL.contains(code);
    }
  }
}
