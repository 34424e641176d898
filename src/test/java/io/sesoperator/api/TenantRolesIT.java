package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.testing.ApiServer;
import io.sesoperator.testing.ChartRights;
import io.sesoperator.testing.Grant;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people may do whom an administrator gave the chart's roles in their namespace. */
@ExtendWith(RealApiServerExtension.class)
class TenantRolesIT {

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

  private static final List<String> RESOURCES =
      List.of(
          "smtpcredentials",
          "smtpcredentials/status",
          "smtpcredentials/finalizers",
          "sesaccounts",
          "sesaccounts/status");

  private final RealApiServer server;
  private final String namespace;
  private final String other;
  private final KubernetesClient viewer;
  private final KubernetesClient editor;

  TenantRolesIT(RealApiServer server) {
    this.server = server;
    this.namespace = server.newNamespace();
    this.other = server.newNamespace();
    this.viewer = userWith("viewer");
    this.editor = userWith("editor");
  }

  @AfterEach
  void close() {
    viewer.close();
    editor.close();
  }

  @Test
  void letViewersReadCredentialsAndNothingElse() {
    assertThat(allowed("viewer"))
        .containsExactly("get smtpcredentials", "list smtpcredentials", "watch smtpcredentials");
  }

  @Test
  void letEditorsAlsoWriteCredentialsAndNothingElse() {
    assertThat(allowed("editor"))
        .containsExactly(
            "get smtpcredentials",
            "list smtpcredentials",
            "watch smtpcredentials",
            "create smtpcredentials",
            "update smtpcredentials",
            "patch smtpcredentials",
            "delete smtpcredentials");
  }

  @Test
  void letAnEditorManageACredentialAndAViewerLookAtIt() {
    editor.resource(credential(namespace)).create();
    in(editor, namespace).patch(MERGE, "{\"spec\":{\"suspend\":true}}");

    assertThat(in(viewer, namespace).get().getSpec().suspend()).isTrue();
    assertRefused(() -> in(viewer, namespace).patch(MERGE, "{\"spec\":{\"suspend\":false}}"));
    assertRefused(() -> in(viewer, namespace).delete());

    in(editor, namespace).delete();
    assertThat(in(server.client(), namespace).get()).isNull();
  }

  @Test
  void letNobodyWriteAStatus() {
    String forged =
        "{\"status\":{\"observedGeneration\":7,\"verified\":{\"revision\":1,\"host\":\"here\"}}}";
    SmtpCredential withStatus = credential(namespace);
    withStatus.setStatus(
        server
            .client()
            .getKubernetesSerialization()
            .unmarshal(forged, SmtpCredential.class)
            .getStatus());

    editor.resource(withStatus).create();
    assertRefused(() -> in(editor, namespace).subresource("status").patch(MERGE, forged));
    assertRefused(() -> in(viewer, namespace).subresource("status").patch(MERGE, forged));
    in(editor, namespace).patch(MERGE, forged);

    assertThat(in(editor, namespace).get().statusOrNone()).isEqualTo(SmtpCredentialStatus.NONE);
  }

  @Test
  void letNobodySeeOrChangeAnAccount() {
    for (KubernetesClient user : List.of(viewer, editor)) {
      var accounts = user.resources(SesAccount.class);

      assertRefused(() -> accounts.withName("default").get());
      assertRefused(() -> accounts.list());
      assertRefused(() -> accounts.withName("default").patch(MERGE, "{\"spec\":{}}"));
      assertRefused(() -> accounts.withName("default").delete());
    }
  }

  @Test
  void letNobodyIntoAnotherNamespace() {
    server.client().resource(credential(other)).create();

    for (KubernetesClient user : List.of(viewer, editor)) {
      assertRefused(() -> in(user, other).get());
      assertRefused(() -> in(user, other).delete());
      assertRefused(() -> user.resources(SmtpCredential.class).inNamespace(other).list());
      assertRefused(() -> user.resources(SmtpCredential.class).inAnyNamespace().list());
      assertRefused(() -> user.resource(credential(other)).create());
    }
  }

  /** All that a user may do in the namespace, to our kinds. */
  private List<String> allowed(String role) {
    return RESOURCES.stream()
        .flatMap(resource -> VERBS.stream().map(verb -> grant(verb, resource, namespace)))
        .filter(grant -> has(role, grant))
        .map(grant -> grant.verb() + " " + grant.resource())
        .toList();
  }

  private KubernetesClient userWith(String role) {
    String name = role + "-" + namespace;
    server
        .client()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withRules(ChartRights.rules(role + ".yaml"))
                .build())
        .create();
    server
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .addNewSubject("rbac.authorization.k8s.io", "User", name, null)
                .build())
        .create();
    // the authorizer learns of roles by a watch
    Awaitility.await(name).until(() -> has(role, grant("watch", "smtpcredentials", namespace)));
    return ApiServer.connect(
        new ConfigBuilder(server.config())
            .withImpersonateUsername(name)
            .withImpersonateGroups("system:authenticated")
            .build());
  }

  private boolean has(String role, Grant grant) {
    return grant.isHeldBy(role + "-" + namespace, server.client());
  }

  private static Grant grant(String verb, String resource, String namespace) {
    return new Grant(
        SmtpCredential.GROUP, resource, verb, Optional.of(namespace), Optional.empty());
  }

  private static Resource<SmtpCredential> in(KubernetesClient user, String namespace) {
    return user.resources(SmtpCredential.class).inNamespace(namespace).withName("noreply");
  }

  private SmtpCredential credential(String where) {
    return server
        .client()
        .getKubernetesSerialization()
        .unmarshal(
            """
            apiVersion: ses-operator.io/v1alpha1
            kind: SmtpCredential
            metadata: {name: noreply, namespace: %s}
            spec: {emailAddress: noreply@mail.example.com, passwordSecretRef: {name: smtp}}
            """
                .formatted(where),
            SmtpCredential.class);
  }

  private static void assertRefused(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }
}
