package io.sesoperator.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.MockApiServer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KubernetesClientsTest {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final MockApiServer server = new MockApiServer();
  private final String namespace = server.newNamespace();
  private final String password = Canary.password();
  private final String encoded = Base64.getEncoder().encodeToString(password.getBytes(UTF_8));

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void close() {
    root.detachAppender(log);
    server.close();
  }

  @Test
  void logsNoContentAtTrace() throws InterruptedException {
    assertThat(root.getLevel()).isEqualTo(Level.TRACE);

    try (KubernetesClient client = KubernetesClients.create(server.config())) {
      create(client);
      assertThat(get(client).getData()).containsEntry("password", encoded);
      assertThat(client.secrets().inNamespace(namespace).list().getItems()).hasSize(1);
      awaitInInformer(client);
      assertThatThrownBy(() -> create(client)).isInstanceOf(KubernetesClientException.class);
    }

    List<String> lines = log.list.stream().map(KubernetesClientsTest::line).toList();
    assertThat(lines).anyMatch(line -> line.startsWith("io.fabric8.") && line.contains(namespace));
    assertThat(lines.stream().filter(line -> line.contains(encoded))).isEmpty();
    assertThat(lines.stream().filter(line -> line.contains(password))).isEmpty();
  }

  private void create(KubernetesClient client) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("smtp")
            .endMetadata()
            .withData(Map.of("password", encoded))
            .build();
    client.resource(secret).create();
  }

  private Secret get(KubernetesClient client) {
    return client.secrets().inNamespace(namespace).withName("smtp").get();
  }

  private void awaitInInformer(KubernetesClient client) throws InterruptedException {
    CountDownLatch modified = new CountDownLatch(1);
    try (var informer =
        client.secrets().inNamespace(namespace).inform(new OnUpdate(modified::countDown))) {
      client
          .resource(get(client))
          .edit(found -> {
            found.getMetadata().setLabels(Map.of("edited", "true"));
            return found;
          });
      assertThat(modified.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(informer.getStore().list()).hasSize(1);
    }
  }

  private static String line(ILoggingEvent event) {
    return String.join(
        " ",
        event.getLoggerName(),
        event.getFormattedMessage(),
        String.valueOf(event.getKeyValuePairs()),
        ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  private record OnUpdate(Runnable reaction)
      implements io.fabric8.kubernetes.client.informers.ResourceEventHandler<Secret> {

    @Override
    public void onAdd(Secret secret) {}

    @Override
    public void onUpdate(Secret earlier, Secret secret) {
      reaction.run();
    }

    @Override
    public void onDelete(Secret secret, boolean finalStateUnknown) {}
  }
}
