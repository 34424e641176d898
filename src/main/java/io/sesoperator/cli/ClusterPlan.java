package io.sesoperator.cli;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.controller.ClusterSnapshot;
import io.sesoperator.controller.ClusterSnapshot.Read;
import io.sesoperator.controller.Sighting;
import io.sesoperator.kube.ClusterReader;
import io.sesoperator.kube.MissingRight;
import io.sesoperator.kube.Sight;
import io.sesoperator.kube.Sight.Hidden;
import io.sesoperator.kube.Sight.Seen;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
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
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/** Reads the cluster once and tells what the operator would do. */
final class ClusterPlan {

  /** Which resources are meant. */
  record Scope(Optional<String> namespace, Optional<String> selector, Set<String> names) {

    boolean isWhole() {
      return namespace.isEmpty() && selector.isEmpty();
    }
  }

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
   * The plan, sorted by namespace and name.
   *
   * @throws IllegalStateException if the resources cannot be seen, or one that is named is not
   *     there
   */
  List<PlannedResource> make(Scope scope) {
    List<SmtpCredential> meant = meant(scope);
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            reader,
            read(scope, meant),
            DigestKey.generate(new SecureRandom()),
            PasswordRule.standard(),
            policy);
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
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

  private List<SmtpCredential> meant(Scope scope) {
    List<SmtpCredential> all = required(reader.credentials(scope.namespace(), scope.selector()));
    Set<String> absent = new TreeSet<>(scope.names());
    all.forEach(credential -> absent.remove(credential.getMetadata().getName()));
    if (!absent.isEmpty()) {
      throw new IllegalStateException(
          "no SmtpCredential "
              + String.join(", ", absent)
              + scope.namespace().map(place -> " in namespace " + place).orElse(""));
    }
    return scope.names().isEmpty()
        ? all
        : all.stream()
            .filter(it -> scope.names().contains(it.getMetadata().getName()))
            .collect(Collectors.toList());
  }

  private Read read(Scope scope, List<SmtpCredential> meant) {
    Sight<List<SmtpCredential>> all =
        scope.isWhole() && scope.names().isEmpty()
            ? new Seen<>(meant)
            : reader.credentials(Optional.empty(), Optional.empty());
    List<SmtpCredential> claims =
        all.seen()
            .orElseGet(() -> required(reader.credentials(scope.namespace(), Optional.empty())));
    Optional<MissingRight> otherClaims = all.missing().findFirst();
    return new Read(claims, otherClaims, reader.accounts(), reader.digestKey(operatorNamespace));
  }

  private static List<SmtpCredential> required(Sight<List<SmtpCredential>> sight) {
    return switch (sight) {
      case Seen<List<SmtpCredential>>(List<SmtpCredential> seen) -> seen;
      case Hidden<List<SmtpCredential>>(MissingRight right) ->
          throw new IllegalStateException("no right to " + right);
    };
  }
}
