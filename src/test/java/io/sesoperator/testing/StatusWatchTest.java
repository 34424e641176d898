package io.sesoperator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SmtpCredential;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusWatchTest {

  private final MockApiServer server = new MockApiServer();
  private final String namespace = server.newNamespace();
  private final StatusWatch watch =
      new StatusWatch(server.client(), List.of(namespace), "production");

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void keepsEveryStatusInItsOrder() {
    SmtpCredential credential = FullObjects.credential();
    credential.getMetadata().setNamespace(namespace);
    server.client().resource(credential).create();
    writeStatus("{failures: 1}");
    writeStatus("{failures: 2}");

    Awaitility.await().until(() -> watch.history(namespace, "noreply").size() == 3);

    assertThat(watch.history(namespace, "noreply"))
        .extracting(status -> status.failures())
        .containsExactly(0, 1, 2);
  }

  @Test
  void failsAtItsEndIfAStatusBrokeARule() {
    SmtpCredential credential = FullObjects.credential();
    credential.getMetadata().setNamespace(namespace);
    server.client().resource(credential).create();
    writeStatus(
        """
        {observedGeneration: 1, conditions: [{type: Ready, status: 'True', observedGeneration: 1, \
        reason: Applied, message: Fine., lastTransitionTime: '2026-11-23T10:15:30Z'}]}\
        """);

    Awaitility.await().until(() -> watch.history(namespace, "noreply").size() == 2);

    assertThatThrownBy(watch::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("MEM01 Ready is True only for a value that SES accepted");
  }

  private void writeStatus(String status) {
    server
        .client()
        .resources(SmtpCredential.class)
        .inNamespace(namespace)
        .withName("noreply")
        .subresource("status")
        .patch(
            new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build(),
            "status: " + status);
  }
}
