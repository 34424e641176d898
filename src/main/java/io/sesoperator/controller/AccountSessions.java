package io.sesoperator.controller;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.kube.AccountKeys;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.SecretReader;
import io.sesoperator.ses.CallBudget;
import io.sesoperator.ses.SesClient;
import io.sesoperator.ses.SesRegion;
import io.sesoperator.tencent.Credential;
import io.sesoperator.tencent.CredentialChain;
import io.sesoperator.tencent.Tc3Client;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of all accounts, made when first needed and made anew when the account's spec
 * changes; its budget outlives that.
 */
public final class AccountSessions {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What is the same for all accounts. */
  public record Settings(
      String operatorNamespace,
      boolean allowInsecureEndpoints,
      CredentialChain ambientCredentials) {}

  private final Tc3Client client;
  private final SecretReader secrets;
  private final Settings settings;
  private final Clock clock;
  private final Map<String, CallBudget> budgets = new ConcurrentHashMap<>();

  public AccountSessions(Tc3Client client, SecretReader secrets, Settings settings, Clock clock) {
    this.client = client;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
  }

  /** The session of {@code account}; empty if its region is unknown or its endpoint not allowed. */
  Optional<AccountSession> of(SesAccount account) {
    SesAccountSpec spec = account.getSpec();
    return SesRegion.of(spec.region())
        .flatMap(region -> endpoint(spec, region).map(endpoint -> client(spec, region, endpoint)))
        .map(ses -> new AccountSession(ses, ses, budget(account)));
  }

  private SesClient client(SesAccountSpec spec, SesRegion region, URI endpoint) {
    return new SesClient(client, endpoint, region, () -> credential(spec));
  }

  private CallBudget budget(SesAccount account) {
    int rate = account.getSpec().requestsPerSecond();
    CallBudget budget =
        budgets.computeIfAbsent(account.getMetadata().getName(), _ -> new CallBudget(rate, clock));
    budget.changeRate(rate);
    return budget;
  }

  // Plain http shows the signed request to everybody on the way, and it holds the password.
  private Optional<URI> endpoint(SesAccountSpec spec, SesRegion region) {
    return spec.endpoint()
        .map(AccountSessions::uri)
        .orElse(Optional.of(region.endpoint()))
        .filter(uri -> uri.getHost() != null)
        .filter(uri ->
            "https".equals(uri.getScheme())
                || LOOPBACK.contains(uri.getHost())
                || settings.allowInsecureEndpoints());
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Read anew for each call: a rotated key is used at once, and there is nothing to invalidate. */
  private Optional<Credential> credential(SesAccountSpec spec) {
    return spec.credentials()
        .flatMap(SesAccountSpec.Credentials::secretRef)
        .map(ref -> new SecretName(settings.operatorNamespace(), ref.name()))
        .map(secret -> secrets.accountKeys(secret).flatMap(AccountSessions::credential))
        .orElseGet(settings.ambientCredentials()::current);
  }

  private static Optional<Credential> credential(AccountKeys keys) {
    return Credential.of(keys.secretId(), keys.secretKey(), keys.token());
  }
}
