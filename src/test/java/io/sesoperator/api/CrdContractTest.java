package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.sesoperator.api.CrdSchema.Field;
import io.sesoperator.kube.KubernetesJson;
import io.sesoperator.testing.CustomResourceDefinitions;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the CRDs and the Java types equal, field by field, in both directions. */
class CrdContractTest {

  private static final int LARGEST = 30_000;
  private static final Path CHART_COPIES = Path.of("helm/ses-operator/files/crds");

  static List<CrdSchema> schemas() {
    return CrdSchema.all();
  }

  @Test
  void thereIsACrdForEachType() {
    assertThat(schemas())
        .extracting(CrdSchema::kind)
        .containsExactly("SesAccount", "SmtpCredential");
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void hasTheFieldsOfTheJavaTypes(CrdSchema crd) {
    Map<String, String> inSchema =
        crd.fields().stream()
            .collect(
                Collectors.toMap(
                    Field::path, field -> shapeOf(field.schema()), (a, _) -> a, TreeMap::new));

    Map<String, String> inJava = new TreeMap<>();
    Type[] specAndStatus = specAndStatus(objectOf(crd));
    collect("spec", specAndStatus[0], inJava);
    collect("status", specAndStatus[1], inJava);

    assertThat(inSchema).isEqualTo(inJava);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void hasTheNamesOfTheJavaTypes(CrdSchema crd) {
    HasMetadata object = objectOf(crd);
    JsonNode names = crd.definition().at("/spec/names");

    assertThat(object.getApiVersion())
        .isEqualTo(
            crd.definition().at("/spec/group").asText()
                + "/"
                + crd.version().path("name").asText());
    assertThat(object.getPlural()).isEqualTo(names.path("plural").asText());
    assertThat(object.getSingular()).isEqualTo(names.path("singular").asText());
    assertThat(object instanceof Namespaced)
        .isEqualTo(crd.definition().at("/spec/scope").asText().equals("Namespaced"));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void hasTheDefaultsOfTheJavaTypes(CrdSchema crd) {
    JsonNode bare = new ObjectMapper().valueToTree(jsonOf(objectOf(crd)));

    assertThat(crd.fields().stream().filter(field -> field.schema().has("default")))
        .hasSizeGreaterThan(1)
        .allSatisfy(field -> {
          JsonNode value = field.schema().path("default");
          if (value.isValueNode()) {
            assertThat(bare.at("/" + field.path().replace('.', '/')))
                .as(field.path())
                .isEqualTo(value);
          }
        });
    assertThat(SmtpCredentialStatus.NONE.observedGeneration()).isEqualTo(-1);
    assertThat(SesAccountStatus.NONE.observedGeneration()).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void requiresNothingThatJavaMayLeaveOut(CrdSchema crd) {
    Type[] specAndStatus = specAndStatus(objectOf(crd));
    Map<String, String> optional = new TreeMap<>();
    collectOptional("spec", specAndStatus[0], optional);
    collectOptional("status", specAndStatus[1], optional);

    List<String> required =
        crd.fields().stream()
            .flatMap(field ->
                field
                    .schema()
                    .path("required")
                    .valueStream()
                    .map(name -> field.path() + "." + name.asText()))
            .toList();

    assertThat(required).isNotEmpty().doesNotContainAnyElementsOf(optional.keySet());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void describesAndBoundsEveryField(CrdSchema crd) {
    assertThat(crd.fields())
        .allSatisfy(field -> {
          JsonNode schema = field.schema();
          assertThat(schema.path("description").asText()).as(field.path()).endsWith(".");
          switch (schema.path("type").asText()) {
            case "string" ->
                assertThat(schema.has("maxLength") || schema.has("enum")).as(field.path()).isTrue();
            case "array" -> assertThat(schema.has("maxItems")).as(field.path()).isTrue();
            case "object" ->
                assertThat(schema.has("properties") || schema.has("maxProperties"))
                    .as(field.path())
                    .isTrue();
            case "integer" -> assertThat(schema.has("format")).as(field.path()).isTrue();
            case String other -> assertThat(other).as(field.path()).isEqualTo("boolean");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void givesEveryRuleAMessage(CrdSchema crd) {
    assertThat(crd.fields().stream().flatMap(Field::ruleMessages))
        .isNotEmpty()
        .allSatisfy(message -> assertThat(message).isNotBlank());
  }

  @Test
  void staySmall() {
    assertThat(CustomResourceDefinitions.files())
        .allSatisfy(file -> assertThat(Files.size(file)).as(file.toString()).isLessThan(LARGEST));
  }

  @Test
  void areTheSameInTheChart() throws IOException {
    try (Stream<Path> copies = Files.list(CHART_COPIES)) {
      assertThat(copies.map(Path::getFileName))
          .containsExactlyInAnyOrderElementsOf(
              CustomResourceDefinitions.files().stream().map(Path::getFileName).toList());
    }
    assertThat(CustomResourceDefinitions.files())
        .allSatisfy(file ->
            assertThat(CHART_COPIES.resolve(file.getFileName())).hasSameBinaryContentAs(file));
  }

  private static HasMetadata objectOf(CrdSchema crd) {
    return crd.kind().equals("SesAccount") ? new SesAccount() : new SmtpCredential();
  }

  private static Type[] specAndStatus(HasMetadata object) {
    return ((ParameterizedType) object.getClass().getGenericSuperclass()).getActualTypeArguments();
  }

  private static Map<?, ?> jsonOf(HasMetadata object) {
    String json = KubernetesJson.create().asJson(object);
    return KubernetesJson.create().unmarshal(json, Map.class);
  }

  private static String shapeOf(JsonNode schema) {
    String format = schema.path("format").asText();
    String type = schema.has("additionalProperties") ? "map" : schema.path("type").asText();
    return format.isEmpty() ? type : type + " " + format;
  }

  private static void collect(String path, Type type, Map<String, String> shapes) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        collect(path, arguments[0], shapes);
      } else if (generic.getRawType() == List.class) {
        shapes.put(path, "array");
        collect(path + "[]", arguments[0], shapes);
      } else {
        shapes.put(path, "map");
        collect(path + "{}", arguments[1], shapes);
      }
      return;
    }
    Class<?> raw = (Class<?>) type;
    shapes.put(path, shapeOf(raw));
    componentsOf(raw)
        .forEach(part -> collect(path + "." + part.getName(), part.getGenericType(), shapes));
  }

  private static void collectOptional(String path, Type type, Map<String, String> optional) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        optional.put(path, "optional");
      }
      String suffix = generic.getRawType() == List.class ? "[]" : "";
      collectOptional(path + suffix, arguments[arguments.length - 1], optional);
      return;
    }
    componentsOf((Class<?>) type)
        .forEach(
            part -> collectOptional(path + "." + part.getName(), part.getGenericType(), optional));
  }

  private static Stream<RecordComponent> componentsOf(Class<?> type) {
    return type.isRecord() ? Stream.of(type.getRecordComponents()) : Stream.empty();
  }

  private static String shapeOf(Class<?> type) {
    if (type == String.class) {
      return "string";
    }
    if (type == Instant.class) {
      return "string date-time";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == int.class || type == Integer.class) {
      return "integer int32";
    }
    return type == long.class || type == Long.class ? "integer int64" : "object";
  }
}
