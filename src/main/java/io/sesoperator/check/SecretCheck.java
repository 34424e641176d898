package io.sesoperator.check;

import io.sesoperator.check.Declarations.Credential;
import io.sesoperator.check.DeclaredSecret.Entry;
import java.util.ArrayList;
import java.util.List;

/** Whether the password that a credential names is there, and one that SES accepts. */
final class SecretCheck {

  private static final String[] REFERENCE = {"spec", "passwordSecretRef", "name"};
  private static final String[] KEY = {"spec", "passwordSecretRef", "key"};

  private final List<DeclaredSecret> secrets;
  private final boolean mayBeElsewhere;

  /**
   * Checks against these Secrets.
   *
   * @param mayBeElsewhere whether it is well that a Secret is not among them
   */
  SecretCheck(List<DeclaredSecret> secrets, boolean mayBeElsewhere) {
    this.secrets = secrets;
    this.mayBeElsewhere = mayBeElsewhere;
  }

  List<Finding> check(Credential credential) {
    String fullName = credential.namespace() + "/" + credential.spec().passwordSecretRef().name();
    List<DeclaredSecret> named =
        secrets.stream().filter(it -> it.fullName().equals(fullName)).toList();
    if (named.isEmpty()) {
      return mayBeElsewhere ? List.of() : List.of(missing(credential, fullName));
    }
    String key = credential.spec().passwordSecretRef().key();
    if (named.stream().allMatch(it -> it.lacks(key))) {
      return List.of(withoutKey(credential, named.getFirst()));
    }
    return named.stream().flatMap(it -> entryOf(it, credential).stream()).toList();
  }

  private Finding missing(Credential credential, String fullName) {
    String name = credential.spec().passwordSecretRef().name();
    String elsewhere =
        secrets.stream()
            .filter(it -> it.fullName().endsWith("/" + name))
            .findFirst()
            .map(it -> " (that at " + it.place() + " is in another namespace)")
            .orElse("");
    return Finding.of(
        credential.place(REFERENCE),
        Rule.SECRET_MISSING,
        "no file declares Secret %s%s; add it, or check with --allow-missing-secrets if it is made elsewhere"
            .formatted(fullName, elsewhere));
  }

  // The key is not named: some take that field for the password.
  private static Finding withoutKey(Credential credential, DeclaredSecret secret) {
    return Finding.of(
        credential.place(KEY),
        Rule.SECRET_KEY,
        "%s %s at %s has no entry of the name in passwordSecretRef.key (default password); correct one of them"
            .formatted(secret.kind(), secret.fullName(), secret.place()));
  }

  private static List<Finding> entryOf(DeclaredSecret secret, Credential credential) {
    return secret
        .entry(credential.spec().passwordSecretRef().key())
        .map(entry -> findings(entry, secret, credential))
        .orElseGet(() -> secret.complete() ? List.of() : List.of(sealed(secret.place(), secret)));
  }

  private static List<Finding> findings(Entry entry, DeclaredSecret secret, Credential credential) {
    return switch (entry) {
      case Entry.Sealed(Place place) -> List.of(sealed(place, secret));
      case Entry.Unusable(Place place, String reason) ->
          List.of(
              Finding.of(
                  place, Rule.SECRET_VALUE, "the entry " + usedBy(credential) + " " + reason));
      case Entry.Plain readable -> broken(readable, credential);
    };
  }

  private static Finding sealed(Place place, DeclaredSecret secret) {
    return Finding.of(
        place,
        Rule.SECRET_SEALED,
        "the password of %s %s cannot be read here and was not checked; the operator does in the cluster"
            .formatted(secret.kind(), secret.fullName()));
  }

  private static List<Finding> broken(Entry.Plain entry, Credential credential) {
    List<Finding> findings = new ArrayList<>();
    if (entry.newline() && !credential.spec().trimsTrailingNewline()) {
      findings.add(
          Finding.of(
              entry.place(),
              Rule.NEWLINE,
              "the password %s ends in a newline; remove it, or set spec.trailingNewline: Trim at %s"
                  .formatted(usedBy(credential), credential.place("spec"))));
    }
    if (!entry.broken().isEmpty()) {
      findings.add(
          Finding.of(
              entry.place(),
              Rule.PASSWORD,
              "SES would refuse the password %s: %s; choose another one"
                  .formatted(usedBy(credential), String.join(", ", entry.broken()))));
    }
    return List.copyOf(findings);
  }

  private static String usedBy(Credential credential) {
    return "that " + credential.manifest().title() + " uses";
  }
}
