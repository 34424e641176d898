package io.sesoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.StatusWriter.Written;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts our finalizer on a resource and takes it off. Each write carries the resourceVersion of the
 * resource as it was read, so finalizers that others set in between are not lost.
 */
public final class Finalizers {

  /** The finalizer of a resource whose password is revoked when it is deleted. */
  public static final String REVOKE = "ses-operator.io/revoke";

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private final ApiRequests requests;

  public Finalizers(ApiRequests requests) {
    this.requests = requests;
  }

  /** Whether our finalizer is on the resource. */
  public static boolean isHeld(SmtpCredential credential) {
    return credential.getMetadata().getFinalizers().contains(REVOKE);
  }

  /**
   * Puts it on.
   *
   * @throws KubernetesClientException if the API server cannot be asked or refuses
   */
  public Written<SmtpCredential> hold(SmtpCredential credential) {
    return write(credential, Stream.concat(others(credential), Stream.of(REVOKE)).toList());
  }

  /**
   * Takes it off; if the resource is to be deleted and nobody else holds it, it is gone then.
   *
   * @throws KubernetesClientException if the API server cannot be asked or refuses
   */
  public Written<SmtpCredential> release(SmtpCredential credential) {
    return write(credential, others(credential).toList());
  }

  private static Stream<String> others(SmtpCredential credential) {
    return credential.getMetadata().getFinalizers().stream()
        .filter(finalizer -> !finalizer.equals(REVOKE));
  }

  private Written<SmtpCredential> write(SmtpCredential credential, List<String> finalizers) {
    Map<String, Object> metadata =
        Map.of(
            "uid", credential.getMetadata().getUid(),
            "resourceVersion", credential.getMetadata().getResourceVersion(),
            "finalizers", finalizers);
    return StatusWriter.attempt(() ->
        requests.write(client ->
            client
                .resource(credential)
                .patch(
                    MERGE,
                    client.getKubernetesSerialization().asJson(Map.of("metadata", metadata)))));
  }
}
