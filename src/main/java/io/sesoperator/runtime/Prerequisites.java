package io.sesoperator.runtime;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.api.SesAccount;
import io.sesoperator.kube.DigestKeys;
import io.sesoperator.password.DigestKey;
import java.security.SecureRandom;

/**
 * What an administrator must have done before an operator can start; the first that is said to the
 * API server.
 */
final class Prerequisites {

  private static final int NOT_FOUND = 404;
  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();

  private final KubernetesClient client;
  private final Rights rights;
  private final String namespace;

  /**
   * Those of an operator in {@code namespace}.
   *
   * @param rights all that it needs
   */
  Prerequisites(KubernetesClient client, Rights rights, String namespace) {
    this.client = client;
    this.rights = rights;
    this.namespace = namespace;
  }

  /**
   * Checks them all and returns the key of the digests, which the first operator makes.
   *
   * @throws IllegalStateException naming what is missing: rights, CRDs or the operator's namespace
   * @throws KubernetesClientException if the API server cannot be asked
   */
  DigestKey check(SecureRandom random) {
    rights.check();
    checkCrds();
    return digestKey(random);
  }

  private void checkCrds() {
    try {
      client.resources(SesAccount.class).list(ONE);
    } catch (KubernetesClientException e) {
      throw unlessMissing(e, "the cluster has no SesAccounts: install the CRDs of ses-operator");
    }
  }

  private DigestKey digestKey(SecureRandom random) {
    try {
      return new DigestKeys(client, namespace).loadOrCreate(random);
    } catch (KubernetesClientException e) {
      throw unlessMissing(
          e,
          "there is no namespace %s: make it, or name another by --namespace".formatted(namespace));
    }
  }

  private static RuntimeException unlessMissing(KubernetesClientException e, String remedy) {
    return e.getCode() == NOT_FOUND ? new IllegalStateException(remedy) : e;
  }
}
