package io.sesoperator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialSpec;
import io.sesoperator.check.Value.Field;
import io.sesoperator.password.DigestKey;
import io.sesoperator.password.PasswordRule;
import io.sesoperator.plan.PasswordFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resources in files, as the API server would store them if they were applied. Of a Secret only
 * facts leave this class.
 */
public final class ManifestResources {

  /** Names a Secret of the files. */
  public record Place(String namespace, String name) {}

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private final List<Manifest> manifests;
  private final List<Finding> errors;

  private ManifestResources(List<Manifest> manifests, List<Finding> errors) {
    this.manifests = List.copyOf(manifests);
    this.errors = List.copyOf(errors);
  }

  /**
   * Reads files.
   *
   * @param namespace where resources go that name none
   */
  public static ManifestResources read(List<ManifestFile> files, String namespace) {
    List<Finding> findings = new ArrayList<>();
    ManifestReader reader = new ManifestReader(namespace);
    for (ManifestFile file : files) {
      ManifestCheck.text(file, findings).ifPresent(text -> reader.read(file.name(), text));
    }
    findings.addAll(reader.findings());
    ResourceCheck check = new ResourceCheck(Crds.load());
    reader.manifests().stream()
        .filter(ResourceCheck::concerns)
        .forEach(manifest -> findings.addAll(check.check(manifest)));
    return new ManifestResources(
        reader.manifests(),
        findings.stream().filter(it -> it.severity() == Severity.ERROR).toList());
  }

  /** What the API server would refuse; the resources are of use only if there is nothing. */
  public List<Finding> errors() {
    return errors;
  }

  public List<SmtpCredential> credentials() {
    return ours(ResourceCheck.CREDENTIAL).map(ManifestResources::credential).toList();
  }

  public List<SesAccount> accounts() {
    return ours(ResourceCheck.ACCOUNT).map(ManifestResources::account).toList();
  }

  /**
   * What may be known of the entries of each Secret that is written in plain text; what is
   * encrypted is left out.
   */
  public Map<Place, Map<String, PasswordFacts>> secrets(DigestKey key, PasswordRule rule) {
    return manifests.stream()
        .filter(it -> it.is("v1", "Secret") && it.body().field("sops").isEmpty())
        .collect(
            Collectors.toMap(
                it -> new Place(it.namespace(), it.name()),
                it -> facts(it, key, rule),
                (_, later) -> later));
  }

  private Stream<Manifest> ours(String kind) {
    return manifests.stream().filter(it -> it.is(Manifest.OUR_VERSION, kind));
  }

  private static SmtpCredential credential(Manifest manifest) {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(metadata(manifest, Optional.of(manifest.namespace())));
    credential.setSpec(spec(manifest, SmtpCredentialSpec.class));
    return credential;
  }

  private static SesAccount account(Manifest manifest) {
    SesAccount account = new SesAccount();
    account.setMetadata(metadata(manifest, Optional.empty()));
    account.setSpec(spec(manifest, SesAccountSpec.class));
    return account;
  }

  private static ObjectMeta metadata(Manifest manifest, Optional<String> namespace) {
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder()
            .withName(manifest.name())
            .withAnnotations(texts(manifest, "annotations"));
    namespace.ifPresent(metadata::withNamespace);
    return metadata.build();
  }

  private static Map<String, String> texts(Manifest manifest, String field) {
    Map<String, String> texts = new HashMap<>();
    manifest
        .fieldsAt("metadata", field)
        .forEach((name, entry) -> entry.value().asText().ifPresent(it -> texts.put(name, it)));
    return texts;
  }

  private static <T> T spec(Manifest manifest, Class<T> type) {
    Object plain = manifest.body().field("spec").map(it -> it.value().plain()).orElse(Map.of());
    return JSON.convertValue(plain, type);
  }

  private static Map<String, PasswordFacts> facts(
      Manifest secret, DigestKey key, PasswordRule rule) {
    Map<String, PasswordFacts> facts = new HashMap<>();
    secret
        .fieldsAt("data")
        .forEach((name, field) ->
            decoded(field).ifPresent(it -> facts.put(name, facts(secret, name, it, key, rule))));
    secret
        .fieldsAt("stringData")
        .forEach((name, field) ->
            field
                .value()
                .asText()
                .ifPresent(
                    text -> facts.put(name, facts(secret, name, text.getBytes(UTF_8), key, rule))));
    return facts;
  }

  private static PasswordFacts facts(
      Manifest secret, String name, byte[] value, DigestKey key, PasswordRule rule) {
    try {
      return key.facts(secret.namespace(), secret.name(), name, value, rule);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private static Optional<byte[]> decoded(Field field) {
    try {
      return field
          .value()
          .asText()
          .map(text -> Base64.getDecoder().decode(text.replaceAll("[\r\n]", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
