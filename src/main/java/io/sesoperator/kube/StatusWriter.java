package io.sesoperator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.plan.Plan.Cause;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The only writer of status. Each write is a server-side apply that carries the resourceVersion it
 * was computed from: if anybody wrote in between, another leader above all, nothing is written.
 */
public final class StatusWriter {

  /** The field manager, as {@code kubectl get --show-managed-fields} shows it. */
  public static final String FIELD_MANAGER = "ses-operator";

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final ApiRequests requests;
  private final RecentVersions versions;

  public StatusWriter(ApiRequests requests) {
    this.requests = requests;
    this.versions = new RecentVersions(System::nanoTime);
  }

  /** What became of a write. */
  public sealed interface Written<T> {

    /** The status is stored; {@code resource} is what the server answered. */
    record Stored<T>(T resource) implements Written<T> {}

    /** Nothing was written: the resource changed since it was read, or is gone. */
    record Stale<T>() implements Written<T> {}
  }

  /**
   * Writes the status of {@code credential}, as it was read.
   *
   * @throws KubernetesClientException if the API server cannot be asked or refuses
   */
  public Written<SmtpCredential> write(SmtpCredential credential, SmtpCredentialStatus status) {
    SmtpCredential fresh = identified(new SmtpCredential(), credential);
    fresh.setStatus(status);
    Written<SmtpCredential> written =
        saysThatItWaits(status)
            ? attempt(() -> requests.writePatiently(patch(fresh)))
            : attempt(() -> requests.write(patch(fresh)));
    switch (written) {
      case Written.Stored<SmtpCredential>(SmtpCredential stored) -> versions.note(stored);
      case Written.Stale<SmtpCredential> _ -> newest(fresh).forEach(versions::note);
    }
    return written;
  }

  /**
   * Writes the status of {@code account}, as it was read.
   *
   * @throws KubernetesClientException if the API server cannot be asked or refuses
   */
  public Written<SesAccount> write(SesAccount account, SesAccountStatus status) {
    SesAccount fresh = identified(new SesAccount(), account);
    fresh.setStatus(status);
    return attempt(() -> requests.write(patch(fresh)));
  }

  /** A resource that waits for its turn at SES has all the time in the world until then. */
  private static boolean saysThatItWaits(SmtpCredentialStatus status) {
    return status.nextReason().equals(Optional.of(Cause.QUOTA_WAIT.wire()));
  }

  /**
   * Whether the server is known to have a newer version: nothing that is found from this one could
   * be written.
   */
  public boolean isOvertaken(HasMetadata read) {
    return versions.hasNewer(read);
  }

  // A list of one, which needs no right that the watch does not need.
  private List<SmtpCredential> newest(SmtpCredential overtaken) {
    return requests.read(client ->
        client
            .resources(SmtpCredential.class)
            .inNamespace(overtaken.getMetadata().getNamespace())
            .withField("metadata.name", overtaken.getMetadata().getName())
            .list()
            .getItems());
  }

  private static <T extends CustomResource<?, ?>> T identified(T fresh, T read) {
    fresh.setSpec(null); // an applied spec would be validated
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(read.getMetadata().getNamespace())
            .withName(read.getMetadata().getName())
            .withUid(read.getMetadata().getUid())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    return fresh;
  }

  private static <T extends CustomResource<?, ?>> Function<KubernetesClient, T> patch(T fresh) {
    return client -> client.resource(fresh).subresource("status").patch(APPLY);
  }

  /** Makes a write that carries a resourceVersion. */
  static <T> Written<T> attempt(Supplier<T> write) {
    try {
      return new Written.Stored<>(write.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
        return new Written.Stale<>();
      }
      throw e;
    }
  }
}
