package io.sesoperator.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;

/**
 * A Tencent Cloud account at SES in one region, and which namespaces may manage which of its
 * senders. Cluster-scoped: it belongs to the platform team.
 */
@Group(SmtpCredential.GROUP)
@Version(SmtpCredential.VERSION)
@Kind("SesAccount")
@Plural("sesaccounts")
@ShortNames("sesacct")
public class SesAccount extends CustomResource<SesAccountSpec, SesAccountStatus> {

  private static final long serialVersionUID = 1L;

  @Override
  protected SesAccountSpec initSpec() {
    return SesAccountSpec.NONE;
  }

  /** The status, or {@link SesAccountStatus#NONE} when the server has none. */
  public SesAccountStatus statusOrNone() {
    return Optional.ofNullable(getStatus()).orElse(SesAccountStatus.NONE);
  }
}
