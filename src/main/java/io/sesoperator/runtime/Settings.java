package io.sesoperator.runtime;

import io.sesoperator.password.PasswordRule;
import io.sesoperator.tencent.CredentialChain;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one process runs.
 *
 * @param namespace the operator's own namespace; absent: that of the Kubernetes configuration
 * @param watchNamespaces all if empty
 * @param leaderElection absent if every replica acts
 * @param managementPort 0 for any free port
 * @param resourceMetrics whether each resource has a metric of its own
 * @param smtpAuthorities further certificate authorities for SMTP
 */
public record Settings(
    Optional<String> namespace,
    Set<String> watchNamespaces,
    Optional<Lease> leaderElection,
    int managementPort,
    boolean allowInsecureEndpoints,
    CredentialChain.Endpoints credentialEndpoints,
    Optional<Authorities> smtpAuthorities,
    PasswordRule passwordRule,
    boolean resourceMetrics,
    Log log) {

  public Settings {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }

  /**
   * Where Secrets are watched, all if empty: the credentials of accounts stand in the operator's
   * own namespace.
   */
  Set<String> namespacesOfSecrets(String own) {
    return watchNamespaces.isEmpty()
        ? watchNamespaces
        : Stream.concat(watchNamespaces.stream(), Stream.of(own)).collect(Collectors.toSet());
  }

  /** Certificates as PEM, which would take a page in the log. */
  public record Authorities(String pem) {

    @Override
    public String toString() {
      return "given";
    }
  }

  /** The Lease that replicas share, and its times. */
  public record Lease(
      String name, Duration duration, Duration renewDeadline, Duration retryPeriod) {}

  /** How much is logged, and in which form: {@code json} or {@code text}. */
  public record Log(String level, String format) {}
}
