package io.sesoperator.tencent;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import java.util.Optional;

/** Where the credential of the next call comes from. */
@FunctionalInterface
public interface CredentialSource {

  /** The source of who has no credentials. */
  static CredentialSource none() {
    return () -> Lookup.of(Optional.empty());
  }

  /** The credential to sign the next call with; ask anew for each call, as some expire. */
  Lookup current();

  /**
   * Tells that an API refused this credential, so that the next call gets another one, if there is
   * any to be had.
   */
  default void refused(Credential credential) {}

  /** What a source has. */
  sealed interface Lookup {

    /** What was found, or that no credential is configured. */
    static Lookup of(Optional<Credential> credential) {
      return credential
          .<Lookup>map(Found::new)
          .orElse(new Missing(ApiFailure.of(ClientError.CREDENTIAL_NOT_FOUND)));
    }
  }

  /** One that is valid for longer than a call takes. */
  record Found(Credential credential) implements Lookup {}

  /** None; nothing can be sent. */
  record Missing(ApiFailure why) implements Lookup {}
}
