package io.sesoperator.tencent;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The credentials of the process itself, for accounts that name no Secret. The first source that is
 * set up wins: the workload identity of TKE, the environment, the role of the CVM. If it fails,
 * that is told, and no other is tried in its place: whose permissions are used must not depend on
 * an outage.
 */
public final class CredentialChain implements CredentialSource {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Short: the call that waits for this one takes up to 15 s, and a clean stop allows 20. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

  /**
   * Who hands out temporary credentials.
   *
   * @param metadata only if the role of the CVM is wanted: nobody else is asked at that address
   */
  public record Endpoints(URI sts, Optional<URI> metadata) {}

  private final CredentialSource source;

  /**
   * A chain over this environment as it is now.
   *
   * @param environment the variables of the process
   */
  public CredentialChain(Map<String, String> environment, Endpoints endpoints, Clock clock) {
    this(environment, endpoints, new Tc3Client(CONNECT_TIMEOUT, CALL_TIMEOUT, clock), clock);
  }

  CredentialChain(
      Map<String, String> environment, Endpoints endpoints, Tc3Client client, Clock clock) {
    this.source =
        Stream.of(
                WorkloadIdentity.in(environment, endpoints.sts(), client, clock),
                EnvironmentKeys.in(environment),
                endpoints.metadata().map(uri -> InstanceRole.at(uri, client, clock)))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(CredentialSource.none());
  }

  @Override
  public Lookup current() {
    return source.current();
  }

  @Override
  public void refused(Credential credential) {
    source.refused(credential);
  }
}
