package io.sesoperator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.simulator.CallLog.Call;
import java.util.Base64;
import java.util.List;

/**
 * One sender of the story: its SmtpCredential, the Secret behind that, and what SES was asked for
 * it.
 */
final class Sender {

  /** How a sender was at some moment. */
  record Mark(String resourceVersion, int calls) {}

  private final Stage stage;
  private final String namespace;
  private final String name;
  private final String secret;
  private final String address;

  private Sender(Stage stage, SmtpCredential credential) {
    this.stage = stage;
    this.namespace = credential.getMetadata().getNamespace();
    this.name = credential.getMetadata().getName();
    this.secret = credential.getSpec().passwordSecretRef().name();
    this.address = credential.getSpec().emailAddress();
  }

  /** The sender of the quickstart. */
  static Sender ofTheQuickstart(Stage stage) {
    return new Sender(stage, stage.quickstart().credential());
  }

  /** A further one, with the same account and in the same namespace; {@link #create} makes it. */
  Sender sibling(String sibling) {
    return new Sender(stage, credential(sibling));
  }

  String name() {
    return name;
  }

  String secret() {
    return secret;
  }

  String address() {
    return address;
  }

  /** Makes it: first the address at SES, then the Secret, then the credential. */
  void create(String password) {
    stage.ses().senders().add(address);
    stage
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(secret)
                .endMetadata()
                .addToData("password", encoded(password))
                .build())
        .serverSideApply();
    stage.client().resource(credential(name)).serverSideApply();
  }

  void writePassword(String password) {
    secretResource()
        .edit(found -> new SecretBuilder(found).addToData("password", encoded(password)).build());
  }

  void labelSecret() {
    secretResource()
        .edit(found ->
            new SecretBuilder(found)
                .editMetadata()
                .addToLabels("team", name)
                .endMetadata()
                .build());
  }

  /**
   * Has the operator look at the resource again, by a change of spec that calls for nothing.
   * Refused with 409 if anybody wrote the resource since {@code mark}.
   */
  void lookAgain(Mark mark) {
    resource()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata":{"resourceVersion":"%s"},"spec":{"interval":"%s"}}\
            """
                .formatted(mark.resourceVersion(), anotherInterval()));
  }

  Mark mark() {
    return new Mark(credential().getMetadata().getResourceVersion(), calls().size());
  }

  /** The credential as the API server has it now. */
  SmtpCredential credential() {
    return resource().require();
  }

  /** The password in the Secret now. */
  String password() {
    Secret found = secretResource().require();
    return new String(Base64.getDecoder().decode(found.getData().get("password")), UTF_8);
  }

  /** Every request to set this sender's password, oldest first, whatever became of it. */
  List<Call> calls() {
    return stage.ses().calls().all().stream()
        .filter(call -> call.action().equals("UpdateEmailSmtpPassWord"))
        .filter(call -> call.address().equals(address))
        .toList();
  }

  /** Those that changed the password. */
  List<Call> changes() {
    return stage.ses().calls().accepted(address);
  }

  /** Whether this is the one password that SES takes for this sender. */
  boolean sesHolds(String password) {
    return stage.ses().senders().holds(address, password);
  }

  private String anotherInterval() {
    return credential().getSpec().interval().equals("2h") ? "3h" : "2h";
  }

  private SmtpCredential credential(String named) {
    String yaml =
        """
        apiVersion: ses-operator.io/v1alpha1
        kind: SmtpCredential
        metadata: {name: %s, namespace: %s}
        spec:
          emailAddress: %s
          passwordSecretRef: {name: %s}
        """
            .formatted(named, namespace, address.replaceFirst("^[^@]+", named), "smtp-" + named);
    return stage.client().getKubernetesSerialization().unmarshal(yaml, SmtpCredential.class);
  }

  private Resource<SmtpCredential> resource() {
    return stage.client().resources(SmtpCredential.class).inNamespace(namespace).withName(name);
  }

  private Resource<Secret> secretResource() {
    return stage.client().secrets().inNamespace(namespace).withName(secret);
  }

  private static String encoded(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
  }
}
