package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.Sight.Hidden;
import io.sesoperator.kube.Sight.Seen;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the cluster once, with whatever rights the asker has: gets and lists, nothing else. Each
 * method throws a {@link KubernetesClientException} for all that is no lack of rights.
 */
public final class ClusterReader {

  private static final int FORBIDDEN = 403;
  private static final String CORE = "";

  private final KubernetesClient client;

  public ClusterReader(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Credentials.
   *
   * @param namespace absent for all
   * @param selector absent for all labels
   */
  public Sight<List<SmtpCredential>> credentials(
      Optional<String> namespace, Optional<String> selector) {
    return look(
        ours("smtpcredentials", namespace), () -> listCredentials(namespace, selector.orElse("")));
  }

  private List<SmtpCredential> listCredentials(Optional<String> namespace, String selector) {
    var all = client.resources(SmtpCredential.class);
    return namespace
        .map(all::inNamespace)
        .map(scope -> scope.withLabelSelector(selector).list().getItems())
        .orElseGet(() -> all.inAnyNamespace().withLabelSelector(selector).list().getItems());
  }

  /** All accounts. */
  public Sight<List<SesAccount>> accounts() {
    return look(
        ours("sesaccounts", Optional.empty()),
        () -> client.resources(SesAccount.class).list().getItems());
  }

  /** The labels of a namespace; none if there is no such namespace. */
  public Sight<Map<String, String>> labels(String namespace) {
    return look(
        Right.inCluster(CORE, "namespaces", "get").to(namespace),
        () ->
            Optional.ofNullable(client.namespaces().withName(namespace).get())
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of()));
  }

  /**
   * The key of an operator's digests; absent if there is none.
   *
   * @param namespace the operator's own
   */
  public Sight<Optional<DigestKey>> digestKey(String namespace) {
    return look(
        secret(new SecretName(namespace, DigestKeys.SECRET)),
        () -> new DigestKeys(client, namespace).load());
  }

  /** What may be known of each entry of a Secret; absent if the operator would not find it. */
  public Sight<Optional<Map<String, PasswordFacts>>> entries(
      SecretName name, DigestKey digestKey, PasswordRule rule) {
    return look(
        secret(name),
        () ->
            find(name)
                .filter(SecretDigests::mayHoldPasswords)
                .map(new EntryFacts(digestKey, rule)::of));
  }

  private Optional<Secret> find(SecretName name) {
    return Optional.ofNullable(
        client.secrets().inNamespace(name.namespace()).withName(name.name()).get());
  }

  private static Right secret(SecretName name) {
    return Right.inCluster(CORE, "secrets", "get").in(name.namespace()).to(name.name());
  }

  private static Right ours(String resource, Optional<String> namespace) {
    return new Right(SmtpCredential.GROUP, resource, "list", namespace, Optional.empty());
  }

  private static <T> Sight<T> look(Right needed, Supplier<T> look) {
    try {
      return new Seen<>(look.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN) {
        return new Hidden<>(needed);
      }
      throw e;
    }
  }
}
