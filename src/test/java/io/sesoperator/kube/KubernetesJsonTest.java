package io.sesoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.FullObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesJsonTest {

  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "[]",
          "[[1],null,{}]",
          "{}",
          "{\"x\":{\"y\":[]}}",
          "5",
          "-1.5",
          "1e300",
          "99999999999999999999999",
          "true",
          "\"\"",
          "\"x\"",
          "\"2026-99-99T00:00:00Z\"",
          "\"+999999999999-01-01T00:00:00Z\"");

  private final KubernetesSerialization json = KubernetesJson.create();

  @Test
  void readsWhatItWrote() {
    for (HasMetadata full : FullObjects.both()) {
      assertThat(read(write(full))).usingRecursiveComparison().isEqualTo(full);
    }
  }

  @Test
  void keepsNothingOfWhoSetWhichField() {
    SmtpCredential read =
        json.unmarshal(
            """
            metadata:
              name: noreply
              managedFields: [{manager: kubectl, operation: Update, fieldsV1: {f:spec: {}}}]
            """,
            SmtpCredential.class);

    assertThat(read.getMetadata().getName()).isEqualTo("noreply");
    assertThat(read.getMetadata().getManagedFields()).isEmpty();
    assertThat(read.getMetadata().getAdditionalProperties()).isEmpty();
  }

  @Test
  void writesNoFieldThatIsAbsent() {
    SmtpCredential credential = new SmtpCredential();
    credential.setStatus(SmtpCredentialStatus.NONE);

    assertThat(write(credential).path("status"))
        .isEqualTo(tree("{'observedGeneration': -1, 'conditions': [], 'failures': 0}"));
  }

  @Test
  void givesAnObjectWithoutSpecAndStatusTheDefaults() {
    SmtpCredential bare = (SmtpCredential) read(kindOnly("SmtpCredential"));

    assertThat(bare.getSpec()).isEqualTo(new SmtpCredential().getSpec());
    assertThat(bare.statusOrNone()).isEqualTo(SmtpCredentialStatus.NONE);
  }

  @Test
  void givesAnUnusableSpecAndStatusTheDefaults() {
    for (String odd : ODD_VALUES) {
      JsonNode object = kindOnly("SmtpCredential").set("spec", parse(odd));
      ((ObjectNode) object).set("status", parse(odd));

      SmtpCredential credential = (SmtpCredential) read(object);

      assertThat(credential.getSpec()).as(odd).isEqualTo(new SmtpCredential().getSpec());
      assertThat(credential.statusOrNone()).as(odd).isEqualTo(SmtpCredentialStatus.NONE);
    }
  }

  @Test
  void readsTimesWithAnOffset() {
    JsonNode object =
        kindOnly("SesAccount").set("status", tree("{'checkedAt': '2026-11-23T02:00:00+02:00'}"));

    assertThat(((SesAccount) read(object)).statusOrNone().checkedAt())
        .hasToString("Optional[2026-11-23T00:00:00Z]");
  }

  @ParameterizedTest
  @CsvSource({
    "0000-01-01T00:00:00Z, true",
    "9999-12-31T23:59:59.999999999Z, true",
    "-0001-12-31T23:59:59Z, false",
    "+10000-01-01T00:00:00Z, false",
    "9999-12-31T23:59:59-01:00, false"
  })
  void readsTheTimesThatTheSchemaAllows(String time, boolean allowed) {
    JsonNode object =
        kindOnly("SesAccount").set("status", tree("{'checkedAt': '%s'}".formatted(time)));

    assertThat(((SesAccount) read(object)).statusOrNone().checkedAt().isPresent())
        .isEqualTo(allowed);
  }

  @Test
  void keepsTheUsableElementsOfAList() {
    SesAccountSpec.Consumer consumer =
        consumer("{'namespaces': ['a', 5, null, ['b']], 'addresses': ['*', {}]}");

    assertThat(consumer.namespaces()).containsExactly("a");
    assertThat(consumer.addresses()).containsExactly("*");
  }

  @Test
  void dropsASelectorWithAnUnusablePartInsteadOfSelectingMore() {
    Stream.of(
            "{'matchLabels': {'team': 5}}",
            "{'matchLabels': 'team'}",
            "{'matchExpressions': {}}",
            "{'matchExpressions': [{'key': 'team', 'operator': 'In', 'values': 'a'}]}",
            "{'matchExpressions': [{'key': 'team', 'operator': 'In', 'values': [5]}]}",
            "{'matchExpressions': [{'key': 'team', 'operator': 'Like', 'pattern': 'x'}]}",
            "{'matchExpressions': ['team']}",
            "{'matchFields': []}")
        .forEach(selector ->
            assertThat(consumer("{'namespaceSelector': " + selector + "}").namespaceSelector())
                .as(selector)
                .isEmpty());
    assertThat(consumer("{'namespaceSelector': {}}").namespaceSelector())
        .contains(new SesAccountSpec.Selector(Map.of(), List.of()));
  }

  /** Every field of every object, at any depth, left out and replaced by every odd value. */
  @TestFactory
  Stream<DynamicTest> takesAnOddValueForAbsent() {
    return FullObjects.both().stream()
        .flatMap(full ->
            fieldsOf(write(full)).stream()
                .map(field ->
                    dynamicTest(full.getKind() + field, () -> survivesOdd(write(full), field))));
  }

  private void survivesOdd(JsonNode full, String pointer) {
    for (String odd : ODD_VALUES) {
      JsonNode value = parse(odd);
      JsonNode read = write(read(with(full.deepCopy(), pointer, value)));

      if (hasShapeOf(full.at(pointer), value)) {
        String top = pointer.replaceFirst("(/[^/]+/[^/]+).*", "$1");
        assertThat(without(read, top)).as(odd).isEqualTo(without(full.deepCopy(), top));
      } else {
        JsonNode absent = without(full.deepCopy(), whatIsAbsent(pointer, value));
        assertThat(read).as(odd).isEqualTo(write(read(absent)));
      }
    }
  }

  private static boolean hasShapeOf(JsonNode original, JsonNode value) {
    return original.getNodeType() == value.getNodeType();
  }

  /** A selector is there as a whole or not at all. */
  private static String whatIsAbsent(String pointer, JsonNode value) {
    boolean isField = !pointer.matches(".*/(\\d+|example.com~1team)");
    return value.isNull() && isField
        ? pointer
        : pointer.replaceFirst("/namespaceSelector/.*", "/namespaceSelector");
  }

  private static List<String> fieldsOf(JsonNode object) {
    List<String> pointers = new ArrayList<>();
    collect("/spec", object.path("spec"), pointers);
    collect("/status", object.path("status"), pointers);
    return pointers;
  }

  private static void collect(String at, JsonNode node, List<String> pointers) {
    node.properties()
        .forEach(entry -> {
          String pointer = at + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
          pointers.add(pointer);
          collect(pointer, entry.getValue(), pointers);
        });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      pointers.add(at + "/" + i);
      collect(at + "/" + i, node.get(i), pointers);
    }
  }

  private static JsonNode with(JsonNode root, String pointer, JsonNode value) {
    int slash = pointer.lastIndexOf('/');
    String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
    switch (root.at(pointer.substring(0, slash))) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> array.set(Integer.parseInt(last), value);
      default -> throw new AssertionError(pointer);
    }
    return root;
  }

  private static JsonNode without(JsonNode root, String pointer) {
    int slash = pointer.lastIndexOf('/');
    String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
    switch (root.at(pointer.substring(0, slash))) {
      case ObjectNode object -> object.remove(last);
      case ArrayNode array -> array.remove(Integer.parseInt(last));
      default -> throw new AssertionError(pointer);
    }
    return root;
  }

  private SesAccountSpec.Consumer consumer(String consumer) {
    JsonNode object =
        kindOnly("SesAccount").set("spec", tree("{'allowedConsumers': [" + consumer + "]}"));
    return ((SesAccount) read(object)).getSpec().allowedConsumers().getFirst();
  }

  private static ObjectNode kindOnly(String kind) {
    return (ObjectNode)
        tree("{'apiVersion': 'ses-operator.io/v1alpha1', 'kind': '" + kind + "', 'metadata': {}}");
  }

  private HasMetadata read(JsonNode object) {
    Class<? extends HasMetadata> type =
        object.path("kind").asText().equals("SesAccount") ? SesAccount.class : SmtpCredential.class;
    return json.unmarshal(object.toString(), type);
  }

  private JsonNode write(HasMetadata object) {
    return parse(json.asJson(object));
  }

  private static JsonNode tree(String singleQuoted) {
    return parse(singleQuoted.replace('\'', '"'));
  }

  private static JsonNode parse(String text) {
    try {
      return PLAIN.readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
