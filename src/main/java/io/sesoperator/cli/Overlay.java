package io.sesoperator.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What would be in the cluster if files were applied to what is there. */
final class Overlay {

  private final Instant now;

  /**
   * An overlay.
   *
   * @param now when new resources would be made
   */
  Overlay(Instant now) {
    this.now = now;
  }

  /** Credentials: those of the files in place of those of the same names, or beside them. */
  List<SmtpCredential> credentials(List<SmtpCredential> live, List<SmtpCredential> declared) {
    return merged(
        live,
        declared,
        (one, other) ->
            one.getSpec().emailAddress().equals(other.getSpec().emailAddress())
                && one.getSpec().accountRef().equals(other.getSpec().accountRef()));
  }

  /** The same for accounts. */
  List<SesAccount> accounts(List<SesAccount> live, List<SesAccount> declared) {
    return merged(
        live, declared, (one, other) -> one.getSpec().region().equals(other.getSpec().region()));
  }

  private <S, T, R extends CustomResource<S, T>> List<R> merged(
      List<R> live, List<R> declared, BiPredicate<R, R> mayReplace) {
    Map<String, R> merged = new LinkedHashMap<>();
    live.forEach(resource -> merged.put(title(resource), resource));
    for (R resource : declared) {
      Optional<R> before = Optional.ofNullable(merged.get(title(resource)));
      if (before.filter(it -> !mayReplace.test(it, resource)).isPresent()) {
        throw new IllegalStateException(
            title(resource) + " differs in a field that cannot be changed; make another one");
      }
      merged.put(
          title(resource),
          before.map(it -> replaced(it, resource)).orElseGet(() -> made(resource)));
    }
    return List.copyOf(merged.values());
  }

  /** As messages name it. */
  static String title(HasMetadata resource) {
    ObjectMeta metadata = resource.getMetadata();
    return resource.getKind()
        + " "
        + Optional.ofNullable(metadata.getNamespace()).map(it -> it + "/").orElse("")
        + metadata.getName();
  }

  private static <S, T, R extends CustomResource<S, T>> R replaced(R live, R declared) {
    ObjectMeta metadata = live.getMetadata();
    long generation = Optional.ofNullable(metadata.getGeneration()).orElse(0L);
    boolean changes = !live.getSpec().equals(declared.getSpec());
    Map<String, String> annotations =
        new HashMap<>(Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()));
    annotations.putAll(
        Optional.ofNullable(declared.getMetadata().getAnnotations()).orElse(Map.of()));
    declared.setMetadata(
        new ObjectMetaBuilder(metadata)
            .withAnnotations(annotations)
            .withGeneration(changes ? generation + 1 : generation)
            .build());
    declared.setStatus(live.getStatus());
    return declared;
  }

  private <R extends HasMetadata> R made(R declared) {
    declared.setMetadata(
        new ObjectMetaBuilder(declared.getMetadata())
            .withUid(title(declared))
            .withGeneration(1L)
            .withCreationTimestamp(now.toString())
            .build());
    return declared;
  }
}
