package io.sesoperator.controller;

import io.sesoperator.api.Condition;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec.Consumer;
import io.sesoperator.api.SesAccountSpec.Selector;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.kube.AddressOwners;
import io.sesoperator.kube.ClusterReader;
import io.sesoperator.kube.Right;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.Sight;
import io.sesoperator.kube.Sight.Seen;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.Observation;
import io.sesoperator.plan.Observation.Access;
import io.sesoperator.plan.Observation.AccountFacts;
import io.sesoperator.plan.Observation.Requests;
import io.sesoperator.plan.Observation.SecretFacts;
import io.sesoperator.plan.PasswordFacts;
import io.sesoperator.plan.Policy;
import io.sesoperator.plan.Remembered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster as it was read once, by somebody who need not be the operator. Where a right is
 * missing, each credential is seen in every way that it may be. Nothing is ever written.
 */
public final class ClusterSnapshot {

  /**
   * What was read at first.
   *
   * @param claims all credentials, which compete for addresses, as far as they were seen
   * @param otherClaims the right to see those of other namespaces, if it is missing
   * @param digestKey of the operator; absent if it has none yet
   * @param declared entries that stand in place of those in the cluster, or beside them
   */
  public record Read(
      List<SmtpCredential> claims,
      Optional<Right> otherClaims,
      Sight<List<SesAccount>> accounts,
      Sight<Optional<DigestKey>> digestKey,
      Map<SecretName, Map<String, PasswordFacts>> declared) {}

  private final ClusterReader reader;
  private final Read read;
  private final DigestKey substitute;
  private final PasswordRule rule;
  private final Policy policy;
  private final AddressOwners owners;
  private final Map<String, Sight<Map<String, String>>> labels = new ConcurrentHashMap<>();

  /**
   * Looks on.
   *
   * @param substitute looks at Secrets where the operator's key was not seen; what it tells is
   *     compared with nothing
   */
  public ClusterSnapshot(
      ClusterReader reader, Read read, DigestKey substitute, PasswordRule rule, Policy policy) {
    this.reader = reader;
    this.read = read;
    this.substitute = substitute;
    this.rule = rule;
    this.policy = policy;
    Map<String, List<SmtpCredential>> byClaim =
        read.claims().stream().collect(Collectors.groupingBy(AddressOwners::claim));
    this.owners = new AddressOwners(claim -> byClaim.getOrDefault(claim, List.of()));
  }

  /** One credential, and what it refers to. */
  public Sighting observe(SmtpCredential credential, Instant now) {
    Optional<SesAccount> account = account(credential);
    Sight<Optional<Map<String, PasswordFacts>>> entries = entries(credential);
    List<Observation> possible =
        accountFacts(credential, account).stream()
            .flatMap(facts ->
                secretFacts(credential, entries).stream()
                    .map(secret -> observation(credential, now, facts, secret)))
            .toList();
    Stream<Right> hidden =
        Stream.of(
                read.accounts().missing(),
                account.stream().flatMap(known -> labels(known, credential).missing()),
                entries.missing(),
                read.digestKey().missing())
            .flatMap(rights -> rights);
    return new Sighting(credential, account, possible, hidden.toList(), key().isPresent());
  }

  private Sight<Optional<Map<String, PasswordFacts>>> entries(SmtpCredential credential) {
    SecretName name = CredentialFacts.secretName(credential);
    Map<String, PasswordFacts> declared = read.declared().getOrDefault(name, Map.of());
    String entry = credential.getSpec().passwordSecretRef().key();
    return declared.containsKey(entry)
        ? new Seen<>(Optional.of(declared))
        : reader.entries(name, key().orElse(substitute), rule);
  }

  private Observation observation(
      SmtpCredential credential, Instant now, AccountFacts account, SecretFacts secret) {
    Optional<SesAccount> known = account(credential);
    return new Observation(
        now,
        CredentialFacts.subject(credential),
        credential.getSpec(),
        credential.statusOrNone(),
        account,
        secret,
        known.flatMap(it -> olderClaim(it, credential)).or(() -> conflictByStatus(credential)),
        List.of(),
        CredentialFacts.deletion(credential),
        withoutLook(Annotations.requests(credential)),
        Remembered.of(
            credential.statusOrNone(),
            known.flatMap(it -> it.statusOrNone().checkedAt()),
            now,
            policy));
  }

  /** A look at SES that somebody asks for is for the operator to take. */
  private static Requests withoutLook(Requests requests) {
    return new Requests(Optional.empty(), requests.forceAt(), false);
  }

  private Optional<DigestKey> key() {
    return read.digestKey().seen().flatMap(key -> key);
  }

  private Optional<SesAccount> account(SmtpCredential credential) {
    String name = credential.getSpec().accountRef().name();
    return read.accounts().seen().stream()
        .flatMap(List::stream)
        .filter(account -> account.getMetadata().getName().equals(name))
        .findFirst();
  }

  private List<AccountFacts> accountFacts(SmtpCredential credential, Optional<SesAccount> account) {
    return switch (read.accounts()) {
      case Sight.Hidden<List<SesAccount>> _ ->
          List.of(new AccountFacts.Missing(), new AccountFacts.Known(true, new Access.Open()));
      case Seen<List<SesAccount>> _ ->
          account
              .map(known -> facts(known, credential))
              .orElse(List.of(new AccountFacts.Missing()));
    };
  }

  private List<AccountFacts> facts(SesAccount account, SmtpCredential credential) {
    Access access = AccessCheck.byStatus(account);
    return switch (labels(account, credential)) {
      case Seen<Map<String, String>>(Map<String, String> seen) ->
          List.of(
              new AccountFacts.Known(CredentialFacts.admits(account, credential, seen), access));
      case Sight.Hidden<Map<String, String>> _ ->
          List.of(new AccountFacts.Known(true, access), new AccountFacts.Known(false, access));
    };
  }

  /** The labels of the credential's namespace, if the account looks at them. */
  private Sight<Map<String, String>> labels(SesAccount account, SmtpCredential credential) {
    boolean matter =
        account.getSpec().allowedConsumers().stream()
            .map(Consumer::namespaceSelector)
            .flatMap(Optional::stream)
            .anyMatch(ClusterSnapshot::selects);
    return matter
        ? labels.computeIfAbsent(credential.getMetadata().getNamespace(), reader::labels)
        : new Seen<>(Map.of());
  }

  private static boolean selects(Selector selector) {
    return !selector.matchLabels().isEmpty() || !selector.matchExpressions().isEmpty();
  }

  // Whether a rival may have the address where its labels are hidden is left to the operator.
  private Optional<String> olderClaim(SesAccount account, SmtpCredential credential) {
    return owners
        .olderClaim(
            credential,
            other ->
                labels(account, other)
                    .seen()
                    .map(seen -> CredentialFacts.admits(account, other, seen))
                    .orElse(true))
        .map(owner -> CredentialFacts.nameOf(owner, credential));
  }

  /** What the operator said of rivals that were not seen here. */
  private Optional<String> conflictByStatus(SmtpCredential credential) {
    long generation = CredentialFacts.subject(credential).generation();
    return read.otherClaims().isEmpty()
        ? Optional.empty()
        : credential
            .statusOrNone()
            .condition(Condition.STALLED)
            .filter(stalled -> stalled.reason().equals(Reason.CONFLICT.wire()))
            .filter(stalled -> stalled.observedGeneration() == generation)
            .map(_ -> "in another namespace");
  }

  private List<SecretFacts> secretFacts(
      SmtpCredential credential, Sight<Optional<Map<String, PasswordFacts>>> entries) {
    return switch (entries) {
      case Sight.Hidden<Optional<Map<String, PasswordFacts>>> _ ->
          List.of(new SecretFacts.Missing(), found("", List.of()));
      case Seen<Optional<Map<String, PasswordFacts>>>(Optional<Map<String, PasswordFacts>> seen) ->
          comparable(CredentialFacts.secret(credential, seen), credential.statusOrNone());
    };
  }

  /** Without the operator's key, a value may be any of those that status knows, or another. */
  private List<SecretFacts> comparable(SecretFacts secret, SmtpCredentialStatus status) {
    if (key().isPresent() || !(secret instanceof SecretFacts.Found(PasswordFacts password))) {
      return List.of(secret);
    }
    return Stream.concat(Stream.of(password.digest()), digests(status))
        .distinct()
        .map(digest -> found(digest, password.brokenRules()))
        .toList();
  }

  private static Stream<String> digests(SmtpCredentialStatus status) {
    return Stream.of(
            status.applied().map(SmtpCredentialStatus.Applied::digest),
            status.pending().map(SmtpCredentialStatus.Pending::digest),
            status.rejected().map(SmtpCredentialStatus.Rejected::digest))
        .flatMap(Optional::stream);
  }

  private static SecretFacts found(String digest, List<String> brokenRules) {
    return new SecretFacts.Found(new PasswordFacts(digest, brokenRules, Optional.empty()));
  }
}
