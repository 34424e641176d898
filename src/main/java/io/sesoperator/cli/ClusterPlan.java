package io.sesoperator.cli;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.check.ManifestResources;
import io.sesoperator.controller.ClusterSnapshot;
import io.sesoperator.controller.ClusterSnapshot.Read;
import io.sesoperator.controller.Sighting;
import io.sesoperator.kube.ClusterReader;
import io.sesoperator.kube.Right;
import io.sesoperator.kube.Sight;
import io.sesoperator.kube.Sight.Hidden;
import io.sesoperator.kube.Sight.Seen;
import io.sesoperator.password.DigestKey;
import io.sesoperator.plan.Forecaster;
import io.sesoperator.plan.Planner;
import io.sesoperator.plan.Policy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Gatherers;

/** Reads the cluster once and tells what the operator would do. */
final class ClusterPlan {

  /**
   * Which resources are meant.
   *
   * @param names all if empty
   * @param onlyFiles what files declare, and what depends on that
   */
  record Scope(
      Optional<String> namespace, Optional<String> selector, Set<String> names, boolean onlyFiles) {

    boolean isWhole() {
      return namespace.isEmpty() && selector.isEmpty();
    }
  }

  /**
   * A plan.
   *
   * @param otherClaims the right to see who else claims an address, if it was missing
   */
  record Result(List<PlannedResource> resources, Optional<Right> otherClaims) {}

  private static final Comparator<PlannedResource> ORDER =
      Comparator.comparing(PlannedResource::namespace).thenComparing(PlannedResource::name);

  /** Of the 100 requests that one HTTP/2 connection carries. */
  private static final int MOST_AT_ONCE = 20;

  private final ClusterReader reader;
  private final String operatorNamespace;
  private final Policy policy = Policy.standard(new SecureRandom());
  private final Forecaster forecaster = new Forecaster(new Planner(policy));

  ClusterPlan(ClusterReader reader, String operatorNamespace) {
    this.reader = reader;
    this.operatorNamespace = operatorNamespace;
  }

  /**
   * The plan, sorted by namespace and name: of what is in scope, or, if there are files, of what
   * they declare and of what depends on that.
   *
   * @throws IllegalStateException if the resources cannot be seen, or one that is named is not
   *     there
   */
  Result make(Scope scope, ManifestResources files) {
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    DigestKey substitute = DigestKey.generate(new SecureRandom());
    Sight<Optional<DigestKey>> key = reader.digestKey(operatorNamespace);
    PlannedFiles declared =
        new PlannedFiles(files, key.seen().flatMap(it -> it).orElse(substitute), new Overlay(now));
    List<SmtpCredential> inScope =
        required(reader.credentials(scope.namespace(), scope.selector()));
    List<SmtpCredential> meant = scope.onlyFiles() ? meant(inScope, declared) : inScope;
    Sight<List<SmtpCredential>> claims = claims(scope, inScope);
    Read read =
        new Read(
            declared.over(seenOf(claims, scope), meant),
            claims.missing().findFirst(),
            declared.overAccounts(reader.accounts()),
            key,
            declared.secrets());
    ClusterSnapshot snapshot =
        new ClusterSnapshot(reader, read, substitute, declared.rule(), policy);
    return new Result(planned(named(meant, scope), snapshot, now), read.otherClaims());
  }

  private List<PlannedResource> planned(
      List<SmtpCredential> meant, ClusterSnapshot snapshot, Instant now) {
    return meant.stream()
        .gather(
            Gatherers.mapConcurrent(
                MOST_AT_ONCE, credential -> planned(snapshot.observe(credential, now))))
        .sorted(ORDER)
        .toList();
  }

  private PlannedResource planned(Sighting sighting) {
    return new PlannedResource(
        sighting, forecaster.forecast(sighting.possible()), operatorNamespace);
  }

  private List<SmtpCredential> meant(List<SmtpCredential> inScope, PlannedFiles declared) {
    List<SmtpCredential> live =
        declared.namespaces().stream()
            .map(namespace -> reader.credentials(Optional.of(namespace), Optional.empty()))
            .flatMap(sight -> required(sight).stream())
            .toList();
    return declared.affected(inScope, live);
  }

  private static List<SmtpCredential> named(List<SmtpCredential> meant, Scope scope) {
    Set<String> absent = new TreeSet<>(scope.names());
    meant.forEach(credential -> absent.remove(credential.getMetadata().getName()));
    if (!absent.isEmpty()) {
      throw new IllegalStateException(
          "no SmtpCredential "
              + String.join(", ", absent)
              + scope.namespace().map(place -> " in namespace " + place).orElse(""));
    }
    return meant.stream()
        .filter(it -> scope.names().isEmpty() || scope.names().contains(it.getMetadata().getName()))
        .toList();
  }

  /** Whoever may claim an address, wherever that is. */
  private Sight<List<SmtpCredential>> claims(Scope scope, List<SmtpCredential> inScope) {
    return scope.isWhole()
        ? new Seen<>(inScope)
        : reader.credentials(Optional.empty(), Optional.empty());
  }

  private List<SmtpCredential> seenOf(Sight<List<SmtpCredential>> claims, Scope scope) {
    return claims
        .seen()
        .orElseGet(() -> required(reader.credentials(scope.namespace(), Optional.empty())));
  }

  private static List<SmtpCredential> required(Sight<List<SmtpCredential>> sight) {
    return switch (sight) {
      case Seen<List<SmtpCredential>>(List<SmtpCredential> seen) -> seen;
      case Hidden<List<SmtpCredential>>(Right right) ->
          throw new IllegalStateException("no right to " + right);
    };
  }
}
