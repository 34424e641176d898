package io.sesoperator.check;

import io.sesoperator.check.Declarations.Credential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether two want the same: one name, or one address of one account. */
final class ClaimCheck {

  private ClaimCheck() {}

  /** Credentials that claim what another one, further up, claims already. */
  static List<Finding> claims(List<Credential> credentials) {
    Map<List<String>, Credential> first = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Credential credential : credentials) {
      List<String> claim =
          List.of(credential.spec().accountRef().name(), credential.spec().emailAddress());
      Credential owner = first.putIfAbsent(claim, credential);
      if (owner != null && !owner.manifest().title().equals(credential.manifest().title())) {
        findings.add(claimedTwice(credential, owner));
      }
    }
    return List.copyOf(findings);
  }

  /** Resources of ours whose name another one, further up, has already. */
  static List<Finding> names(List<Manifest> ours) {
    Map<String, Manifest> first = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Manifest manifest : ours) {
      Manifest other =
          manifest.name().isEmpty() ? null : first.putIfAbsent(key(manifest), manifest);
      if (other != null) {
        findings.add(
            Finding.of(
                manifest.place(),
                Rule.DECLARED_TWICE,
                "%s is declared at %s as well, and the one that is applied last wins; remove one"
                    .formatted(manifest.kind() + " " + manifest.name(), other.place())));
      }
    }
    return List.copyOf(findings);
  }

  private static String key(Manifest manifest) {
    return manifest.kind().equals(ResourceCheck.ACCOUNT)
        ? manifest.kind() + " " + manifest.name()
        : manifest.title();
  }

  private static Finding claimedTwice(Credential credential, Credential owner) {
    return Finding.of(
        credential.place("spec", "emailAddress"),
        Rule.CLAIMED_TWICE,
        "%s and %s at %s both manage %s of SesAccount %s, and only the older one will; remove one"
            .formatted(
                credential.manifest().title(),
                owner.manifest().title(),
                owner.place("spec", "emailAddress"),
                credential.spec().emailAddress(),
                credential.spec().accountRef().name()));
  }
}
