package broken.sesoperator.kube;

import io.sesoperator.api.SmtpCredentialStatus;

/** Makes status, under a name that says nothing. */
final class StatusUtils {
  Object make() {
    return SmtpCredentialStatus.NONE.draft().finish();
  }
}
