package io.sesoperator.check;

import io.sesoperator.password.PasswordRule;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks files of manifests, each resource by itself and all together. */
public final class ManifestCheck {

  /** Above what is read of a file; the API server takes 3 MiB in one request. */
  public static final int LARGEST_FILE = 10 * 1024 * 1024;

  private final ResourceCheck resourceCheck = new ResourceCheck(Crds.load());
  private final String namespace;
  private final boolean secretsMayBeElsewhere;

  /**
   * Makes a check.
   *
   * @param namespace where resources go that name none
   * @param secretsMayBeElsewhere whether it is well that a Secret is not among the files
   */
  public ManifestCheck(String namespace, boolean secretsMayBeElsewhere) {
    this.namespace = namespace;
    this.secretsMayBeElsewhere = secretsMayBeElsewhere;
  }

  public Report check(List<ManifestFile> files) {
    List<Finding> findings = new ArrayList<>();
    ManifestReader reader = new ManifestReader(namespace);
    for (ManifestFile file : files) {
      text(file, findings).ifPresent(text -> reader.read(file.name(), text));
    }
    findings.addAll(reader.findings());
    List<Manifest> manifests = reader.manifests();
    findings.addAll(checkResources(manifests));
    return new Report(
        sorted(findings, files),
        files.size(),
        count(manifests, ResourceCheck.CREDENTIAL),
        count(manifests, ResourceCheck.ACCOUNT));
  }

  private List<Finding> checkResources(List<Manifest> manifests) {
    List<Finding> findings = new ArrayList<>();
    List<Manifest> sound = new ArrayList<>();
    List<Manifest> ours = manifests.stream().filter(ResourceCheck::concerns).toList();
    for (Manifest manifest : ours) {
      List<Finding> found = resourceCheck.check(manifest);
      findings.addAll(found);
      if (found.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
        sound.add(manifest);
      }
    }
    findings.addAll(ClaimCheck.names(ours));
    findings.addAll(
        together(new Declarations(manifests, sound, new SecretEntries(PasswordRule.standard()))));
    return findings;
  }

  private List<Finding> together(Declarations declarations) {
    SecretCheck secrets = new SecretCheck(declarations.secrets(), secretsMayBeElsewhere);
    AccountCheck accounts = new AccountCheck(declarations);
    Stream<Finding> ofEach =
        declarations.credentials().stream()
            .flatMap(it -> Stream.concat(secrets.check(it).stream(), accounts.check(it).stream()));
    return Stream.concat(ofEach, ClaimCheck.claims(declarations.credentials()).stream())
        .distinct()
        .toList();
  }

  private static long count(List<Manifest> manifests, String kind) {
    return manifests.stream().filter(it -> it.kind().equals(kind)).count();
  }

  private static List<Finding> sorted(List<Finding> findings, List<ManifestFile> files) {
    Map<String, Integer> order = new HashMap<>();
    files.forEach(file -> order.putIfAbsent(file.name(), order.size()));
    return findings.stream()
        .sorted(
            Comparator.<Finding>comparingInt(finding -> order.getOrDefault(finding.file(), 0))
                .thenComparingInt(Finding::line))
        .toList();
  }

  /** The text of a file; absent if it has none, which is a finding. */
  static Optional<String> text(ManifestFile file, List<Finding> findings) {
    Place place = new Place(file.name(), 1);
    if (file.content().length > LARGEST_FILE) {
      findings.add(Finding.of(place, Rule.TOO_LARGE, "larger than 10 MiB; split it"));
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.content())).toString();
      if (text.indexOf('\0') < 0) {
        return Optional.of(text);
      }
    } catch (CharacterCodingException _) {
      // told below
    }
    findings.add(Finding.of(place, Rule.NOT_TEXT, "no UTF-8 text; convert it, or leave it out"));
    return Optional.empty();
  }
}
