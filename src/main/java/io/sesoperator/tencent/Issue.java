package io.sesoperator.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.sesoperator.tencent.ApiResult.ApiFailure;
import java.time.Instant;
import java.util.Optional;

/** What came of asking for a temporary credential. */
sealed interface Issue {

  /** A credential that is valid before {@code end}. */
  record Granted(Credential credential, Instant end) implements Issue {

    /**
     * Reads it, with the names that STS and the metadata service share.
     *
     * @param expiredTime in seconds since 1970
     */
    static Optional<Issue> read(JsonNode keys, JsonNode expiredTime) {
      return Credential.of(
              keys.path("TmpSecretId").asText(""),
              keys.path("TmpSecretKey").asText(""),
              Optional.of(keys.path("Token").asText("")))
          .filter(credential -> credential.token().isPresent() && expiredTime.canConvertToLong())
          .map(credential ->
              new Granted(credential, Instant.ofEpochSecond(expiredTime.longValue())));
    }
  }

  /** None, and why. */
  record Denied(ApiFailure why) implements Issue {}
}
