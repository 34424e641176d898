package io.sesoperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.kube.KubernetesJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An object, or a part of one, that a document shows. */
record YamlExample(JsonNode written) {

  private static final String GROUP = "ses-operator.io/";

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of("SmtpCredential", SmtpCredential.class, "SesAccount", SesAccount.class);

  /** Those of a page. */
  static List<YamlExample> of(Page page) {
    return page.blocks().stream()
        .filter(block -> block.language().equals("yaml"))
        .flatMap(block -> in(String.join("\n", block.lines())).stream())
        .toList();
  }

  /** Each document of a YAML stream. */
  private static List<YamlExample> in(String yaml) {
    return Stream.of(yaml.split("(?m)^---$"))
        .map(document -> json().unmarshal(document, JsonNode.class))
        .map(YamlExample::new)
        .toList();
  }

  /** Each field that our types do not know, or read as something else. */
  List<String> problems() {
    return isOurs() ? differences("", written, read()) : List.of();
  }

  /** Whether it is one of our resources. */
  boolean isOurs() {
    return written.path("apiVersion").asText().startsWith(GROUP);
  }

  private JsonNode read() {
    KubernetesSerialization json = json();
    Class<? extends HasMetadata> type = KINDS.get(written.path("kind").asText());
    return json.convertValue(json.convertValue(written, type), JsonNode.class);
  }

  private static List<String> differences(String path, JsonNode written, JsonNode read) {
    if (written.isContainerNode() && written.getNodeType() == read.getNodeType()) {
      return written.isObject()
          ? written
              .propertyStream()
              .flatMap(field ->
                  differences(
                      path + "/" + field.getKey(), field.getValue(), read.path(field.getKey()))
                      .stream())
              .toList()
          : java.util.stream.IntStream.range(0, written.size())
              .boxed()
              .flatMap(i -> differences(path + "/" + i, written.path(i), read.path(i)).stream())
              .toList();
    }
    return written.equals(read) ? List.of() : List.of(path + " is read as " + read);
  }

  private static KubernetesSerialization json() {
    return KubernetesJson.create();
  }
}
