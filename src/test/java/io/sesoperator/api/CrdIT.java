package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.testing.FullObjects;
import io.sesoperator.testing.RealApiServer;
import io.sesoperator.testing.RealApiServerExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API server makes of our resources, beyond accepting them ({@link CrdCasesIT}). */
@ExtendWith(RealApiServerExtension.class)
class CrdIT {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("ses-operator")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;

  CrdIT(RealApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void fillsInTheDefaults() {
    SmtpCredential minimal = new SmtpCredential();
    minimal.getMetadata().setName("defaults");
    minimal.getMetadata().setNamespace(namespace);
    GenericKubernetesResource bare = generic(minimal);
    bare.setAdditionalProperty(
        "spec", tree("{'emailAddress':'a@b.example','passwordSecretRef':{'name':'smtp'}}"));

    GenericKubernetesResource created = client.resource(bare).create();
    JsonNode stored = new ObjectMapper().valueToTree(created);

    assertThat(stored.path("spec"))
        .isEqualTo(
            tree(
                "{'emailAddress':'a@b.example','accountRef':{'name':'default'},"
                    + "'passwordSecretRef':{'name':'smtp','key':'password'},"
                    + "'trailingNewline':'Reject','verification':'Report','driftPolicy':'Report',"
                    + "'interval':'1h','mode':'Apply','deletionPolicy':'Retain','suspend':false}"));
    assertThat(stored.path("status")).isEqualTo(tree("{'observedGeneration':-1}"));
  }

  @Test
  void keepsEveryFieldOfAFullObject() {
    for (HasMetadata full : FullObjects.both()) {
      nameAfresh(full);

      client.resource(full).create();
      applyStatus(full);

      assertThat(client.resource(full).get())
          .usingRecursiveComparison()
          .comparingOnlyFields("spec", "status")
          .isEqualTo(full);
    }
  }

  @Test
  void replacesAStatusByApply() {
    SmtpCredential credential = FullObjects.credential();
    nameAfresh(credential);
    client.resource(credential).create();
    applyStatus(credential);

    credential.setStatus(SmtpCredentialStatus.NONE);
    applyStatus(credential);

    assertThat(client.resource(credential).get().getStatus()).isEqualTo(SmtpCredentialStatus.NONE);
  }

  @Test
  void selectsByAddressAndAccount() {
    SmtpCredential credential = FullObjects.credential();
    nameAfresh(credential);
    client.resource(credential).create();
    String name = credential.getMetadata().getName();

    if (minorVersion() < 31) {
      assertThatThrownBy(() -> select("spec.emailAddress", "noreply@mail.example.com"))
          .hasMessageContaining("field label not supported");
      return;
    }
    assertThat(select("spec.emailAddress", "noreply@mail.example.com")).containsExactly(name);
    assertThat(select("spec.accountRef.name", "marketing")).containsExactly(name);
    assertThat(select("spec.accountRef.name", "default")).isEmpty();
  }

  @Test
  void showsTheColumns() {
    SmtpCredential credential = FullObjects.credential();
    nameAfresh(credential);
    client.resource(credential).create();
    applyStatus(credential);

    JsonNode table = table("namespaces/" + namespace + "/smtpcredentials");

    assertThat(columns(table, 0))
        .containsExactly("Name", "Address", "Ready", "Reason", "Verified", "Changed", "Age");
    assertThat(columns(table, 1)).containsExactly("Account", "RequestId", "Message");
    assertThat(table.at("/rows/0/cells").valueStream().map(JsonNode::asText))
        .contains("noreply@mail.example.com", "False", "PasswordRejected", "marketing")
        .contains("3c140219-cfe9-470e-b241-907877d6fb03")
        .contains("SES refused the password. Change it.");
    assertThat(columns(table("sesaccounts"), 0))
        .containsExactly("Name", "Region", "Ready", "Reason", "Senders", "Age");
    assertThat(columns(table("sesaccounts"), 1)).containsExactly("Checked", "RequestId", "Message");
  }

  @Test
  void isFoundByShortNameAndCategory() {
    assertThat(client.getApiResources("ses-operator.io/v1alpha1").getResources())
        .filteredOn(resource -> !resource.getName().contains("/"))
        .allSatisfy(resource -> assertThat(resource.getCategories()).containsExactly("ses"))
        .flatExtracting(resource -> resource.getShortNames())
        .containsExactlyInAnyOrder("smtpcred", "sesacct");
  }

  private void nameAfresh(HasMetadata object) {
    object.getMetadata().setName("crd-" + UUID.randomUUID());
    boolean namespaced = object.getKind().equals("SmtpCredential");
    object.getMetadata().setNamespace(namespaced ? namespace : null);
  }

  /** As the operator does it: apiVersion, kind, name and status only. */
  private void applyStatus(HasMetadata full) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    JsonNode json = tree(client.getKubernetesSerialization().asJson(full));
    for (String part : List.of("apiVersion", "kind", "status")) {
      object.set(part, json.path(part));
    }
    object.putObject("metadata").put("name", full.getMetadata().getName());
    GenericKubernetesResource fresh = resource(object);
    fresh.getMetadata().setNamespace(full.getMetadata().getNamespace());
    client.resource(fresh).subresource("status").patch(APPLY);
  }

  private GenericKubernetesResource generic(HasMetadata object) {
    return resource(tree(client.getKubernetesSerialization().asJson(object)));
  }

  private GenericKubernetesResource resource(JsonNode document) {
    return client
        .getKubernetesSerialization()
        .unmarshal(document.toString(), GenericKubernetesResource.class);
  }

  private int minorVersion() {
    return Integer.parseInt(client.getKubernetesVersion().getMinor().replaceAll("\\D", ""));
  }

  private List<String> select(String field, String value) {
    return client
        .resources(SmtpCredential.class)
        .inNamespace(namespace)
        .withField(field, value)
        .list()
        .getItems()
        .stream()
        .map(credential -> credential.getMetadata().getName())
        .toList();
  }

  private JsonNode table(String path) {
    String url = client.getMasterUrl() + "apis/ses-operator.io/v1alpha1/" + path;
    String body =
        client
            .getHttpClient()
            .sendAsync(
                client
                    .getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(url)
                    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                    .build(),
                String.class)
            .join()
            .body();
    return tree(body);
  }

  private static List<String> columns(JsonNode table, int priority) {
    return table
        .path("columnDefinitions")
        .valueStream()
        .filter(column -> column.path("priority").asInt() == priority)
        .map(column -> column.path("name").asText())
        .toList();
  }

  private static JsonNode tree(String text) {
    try {
      return new ObjectMapper().readTree(text.startsWith("{'") ? text.replace('\'', '"') : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
