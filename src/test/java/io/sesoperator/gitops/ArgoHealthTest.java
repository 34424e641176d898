package io.sesoperator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The scripts for Argo CD, by the test files that Argo CD's own repository would run. */
class ArgoHealthTest {

  private static final List<ArgoExample> KINDS =
      List.of(new ArgoExample("SmtpCredential"), new ArgoExample("SesAccount"));
  private static final ArgoExample CREDENTIAL = KINDS.getFirst();
  private static final Path ACTIONS = CREDENTIAL.directory().resolve("actions");

  @TestFactory
  Stream<DynamicTest> tellsTheHealthOfEachStatus() {
    return KINDS.stream()
        .flatMap(kind ->
            healthTests(kind).stream()
                .map(test ->
                    DynamicTest.dynamicTest(
                        kind.kind() + " " + test.get("inputPath"), () -> tellsHealth(kind, test))));
  }

  private static void tellsHealth(ArgoExample kind, Map<String, Object> test) {
    Map<String, Object> object = read(kind.directory(), test.get("inputPath"));

    assertThat(kind.health().run(object)).isEqualTo(test.get("healthStatus"));
  }

  @Test
  void leavesNoTestDataUnused() throws IOException {
    for (ArgoExample kind : KINDS) {
      try (Stream<Path> files = Files.list(kind.directory().resolve("testdata"))) {
        assertThat(files.map(file -> "testdata/" + file.getFileName()))
            .containsExactlyInAnyOrderElementsOf(
                healthTests(kind).stream().map(test -> test.get("inputPath").toString()).toList());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> offersTheActionsThatFit() {
    return actionTests("discoveryTests")
        .map(test ->
            DynamicTest.dynamicTest(
                test.get("inputPath").toString(),
                () -> assertThat(discovered(test)).isEqualTo(expectedActions(test))));
  }

  private static Map<String, Object> discovered(Map<String, Object> test) {
    return new TreeMap<>(CREDENTIAL.discovery().run(read(ACTIONS, test.get("inputPath"))));
  }

  private static Map<String, Object> expectedActions(Map<String, Object> test) {
    Map<String, Object> expected = new TreeMap<>();
    for (Map<String, Object> action : Examples.maps(test.get("result"))) {
      expected.put(action.get("name").toString(), Map.of("disabled", action.get("disabled")));
    }
    return expected;
  }

  @TestFactory
  Stream<DynamicTest> changesJustWhatAnActionIsFor() {
    return actionTests("actionTests")
        .map(test ->
            DynamicTest.dynamicTest(test.get("action").toString(), () -> actsAsExpected(test)));
  }

  private static void actsAsExpected(Map<String, Object> test) {
    Map<String, Object> object = read(ACTIONS, test.get("inputPath"));

    Map<String, Object> changed = CREDENTIAL.act(test.get("action").toString(), object);

    assertThat(withoutTimeOfAction(changed))
        .isEqualTo(withoutTimeOfAction(read(ACTIONS, test.get("expectedOutputPath"))));
  }

  /** What the annotations of an action say is the time that it was run. */
  private static Map<String, Object> withoutTimeOfAction(Map<String, Object> object) {
    Examples.map(Examples.map(object.get("metadata")).getOrDefault("annotations", new TreeMap<>()))
        .replaceAll((name, time) -> {
          assertThat(time.toString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
          return "then";
        });
    return object;
  }

  @Test
  void standsInArgocdCmAsItIs() {
    Map<String, Object> cm =
        Examples.read(Examples.DIRECTORY.resolve("argocd/argocd-cm.yaml")).getFirst();
    Map<String, Object> data = Examples.map(cm.get("data"));

    for (ArgoExample kind : KINDS) {
      assertThat(data.get("resource.customizations.health.ses-operator.io_" + kind.kind()))
          .isEqualTo(text(kind.directory().resolve("health.lua")));
    }
    Map<String, Object> actions =
        Examples.parse(data.get("resource.customizations.actions.ses-operator.io_SmtpCredential"));
    assertThat(actions.get("discovery.lua")).isEqualTo(text(ACTIONS.resolve("discovery.lua")));
    assertThat(Examples.maps(actions.get("definitions")))
        .hasSize(4)
        .allSatisfy(definition ->
            assertThat(definition.get("action.lua"))
                .isEqualTo(
                    text(
                        ACTIONS.resolve(definition.get("name").toString()).resolve("action.lua"))));
  }

  private static List<Map<String, Object>> healthTests(ArgoExample kind) {
    return Examples.maps(read(kind.directory(), "health_test.yaml").get("tests"));
  }

  private static Stream<Map<String, Object>> actionTests(String section) {
    return Examples.maps(read(ACTIONS, "action_test.yaml").get(section)).stream();
  }

  private static Map<String, Object> read(Path directory, Object file) {
    return LongNumbers.in(Examples.read(directory.resolve(file.toString())).getFirst());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
