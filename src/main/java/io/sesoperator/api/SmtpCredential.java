package io.sesoperator.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;

/**
 * A sender address whose SMTP password shall equal the password in a Secret of the same namespace.
 */
@Group(SmtpCredential.GROUP)
@Version(SmtpCredential.VERSION)
@Kind("SmtpCredential")
@Plural("smtpcredentials")
@ShortNames("smtpcred")
public class SmtpCredential extends CustomResource<SmtpCredentialSpec, SmtpCredentialStatus>
    implements Namespaced {

  public static final String GROUP = "ses-operator.io";
  public static final String VERSION = "v1alpha1";

  private static final long serialVersionUID = 1L;

  @Override
  protected SmtpCredentialSpec initSpec() {
    return SmtpCredentialSpec.NONE;
  }

  /**
   * The status, or {@link SmtpCredentialStatus#NONE} when the server has none: a mock server
   * applies no schema default.
   */
  public SmtpCredentialStatus statusOrNone() {
    return Optional.ofNullable(getStatus()).orElse(SmtpCredentialStatus.NONE);
  }
}
