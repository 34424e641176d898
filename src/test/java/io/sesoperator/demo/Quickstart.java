package io.sesoperator.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountSpec.Smtp;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.simulator.AccessKey;
import io.sesoperator.simulator.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of {@code examples/quickstart/}, in the order in which kubectl would apply them. */
final class Quickstart {

  static final Path DIRECTORY = Path.of("examples", "quickstart");

  private final KubernetesClient client;
  private final List<HasMetadata> objects;

  Quickstart(KubernetesClient client) {
    this.client = client;
    client.getKubernetesSerialization().registerKubernetesResource(SesAccount.class);
    client.getKubernetesSerialization().registerKubernetesResource(SmtpCredential.class);
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      objects =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .sorted()
              .flatMap(file -> read(file).stream())
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies all of it as it is written, but with an account that leads to this SES. */
  void apply(Simulator ses) {
    account().setSpec(withEndpoint(account().getSpec(), ses));
    objects.forEach(object -> client.resource(object).serverSideApply());
  }

  /** The one credential. */
  SmtpCredential credential() {
    return only(SmtpCredential.class);
  }

  /** The API key that the account uses: an SES that is to work with it must know it. */
  AccessKey accessKey() {
    Secret keys = keys();
    return AccessKey.of(
        keys.getStringData().get("secretId"), keys.getStringData().get("secretKey"));
  }

  /** Where the operator's own objects are. */
  String operatorNamespace() {
    return keys().getMetadata().getNamespace();
  }

  private SesAccount account() {
    return only(SesAccount.class);
  }

  private Secret keys() {
    String name = account().getSpec().credentials().orElseThrow().secretRef().orElseThrow().name();
    return all(Secret.class)
        .filter(secret -> secret.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private <T> T only(Class<T> type) {
    return all(type).findFirst().orElseThrow();
  }

  private <T> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  private static SesAccountSpec withEndpoint(SesAccountSpec spec, Simulator ses) {
    return new SesAccountSpec(
        spec.region(),
        Optional.of(ses.endpoint().toString()),
        Optional.of(
            new Smtp(Optional.of("localhost"), Optional.of(ses.smtpTlsPort()), Optional.of("TLS"))),
        spec.credentials(),
        spec.requestsPerSecond(),
        spec.allowedConsumers());
  }

  private List<HasMetadata> read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return client.load(content).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
