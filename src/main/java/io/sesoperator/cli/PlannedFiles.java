package io.sesoperator.cli;

import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.check.ManifestResources;
import io.sesoperator.kube.SecretName;
import io.sesoperator.kube.Sight;
import io.sesoperator.kube.Sight.Hidden;
import io.sesoperator.kube.Sight.Seen;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files whose resources are looked at as if they were applied. */
final class PlannedFiles {

  private final Overlay overlay;
  private final List<SmtpCredential> credentials;
  private final List<SesAccount> accounts;
  private final PasswordRule rule = PasswordRule.standard();
  private final Map<SecretName, Map<String, PasswordFacts>> secrets;

  PlannedFiles(ManifestResources files, DigestKey key, Overlay overlay) {
    this.overlay = overlay;
    this.credentials = files.credentials();
    this.accounts = files.accounts();
    this.secrets =
        files.secrets(key, rule).entrySet().stream()
            .collect(
                Collectors.toMap(
                    it -> new SecretName(it.getKey().namespace(), it.getKey().name()),
                    Map.Entry::getValue));
  }

  PasswordRule rule() {
    return rule;
  }

  Map<SecretName, Map<String, PasswordFacts>> secrets() {
    return secrets;
  }

  /** Where credentials are declared. */
  Set<String> namespaces() {
    return credentials.stream()
        .map(it -> it.getMetadata().getNamespace())
        .collect(Collectors.toSet());
  }

  /**
   * The credentials that are declared, and those that refer to a declared account or Secret.
   *
   * @param inScope those that may refer to them
   * @param live those in the namespaces of the declared
   */
  List<SmtpCredential> affected(List<SmtpCredential> inScope, List<SmtpCredential> live) {
    Stream<SmtpCredential> ours =
        overlay.credentials(live, credentials).stream().filter(this::isDeclared);
    Stream<SmtpCredential> others =
        inScope.stream().filter(it -> !isDeclared(it)).filter(this::refersToUs);
    return Stream.concat(ours, others).toList();
  }

  private boolean isDeclared(SmtpCredential credential) {
    return credentials.stream().anyMatch(it -> Overlay.title(it).equals(Overlay.title(credential)));
  }

  private boolean refersToUs(SmtpCredential credential) {
    SecretName secret =
        new SecretName(
            credential.getMetadata().getNamespace(),
            credential.getSpec().passwordSecretRef().name());
    String account = credential.getSpec().accountRef().name();
    return secrets.containsKey(secret)
        || accounts.stream().anyMatch(it -> it.getMetadata().getName().equals(account));
  }

  /**
   * All credentials as they would be.
   *
   * @param meant with those that are declared, as they would be
   */
  List<SmtpCredential> over(List<SmtpCredential> live, List<SmtpCredential> meant) {
    return Stream.concat(
            live.stream().filter(it -> !isDeclared(it)), meant.stream().filter(this::isDeclared))
        .toList();
  }

  /** All accounts as they would be. */
  Sight<List<SesAccount>> overAccounts(Sight<List<SesAccount>> live) {
    return switch (live) {
      case Seen<List<SesAccount>>(List<SesAccount> seen) ->
          new Seen<>(overlay.accounts(seen, accounts));
      case Hidden<List<SesAccount>> hidden -> hidden;
    };
  }
}
