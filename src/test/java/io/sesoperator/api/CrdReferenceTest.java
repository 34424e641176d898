package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/reference equal to the CRDs. {@code -Dgolden.update=true} writes its rows anew. */
class CrdReferenceTest {

  private static final Path DIRECTORY = Path.of("docs", "reference");

  static List<CrdSchema> crds() {
    return CrdSchema.all();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void hasTheFieldsOfTheCrd(CrdSchema crd) throws IOException {
    Path page = page(crd);
    String spec = new CrdReference(crd).spec();
    String status = new CrdReference(crd).status();
    if (Boolean.getBoolean("golden.update")) {
      String old = Files.readString(page);
      Files.writeString(page, withRows(withRows(old, "spec", spec), "status", status));
    }

    assertThat(rowsOf(Files.readString(page), "spec")).isEqualTo(spec);
    assertThat(rowsOf(Files.readString(page), "status")).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("crds")
  void tellsOfEveryConditionAndColumn(CrdSchema crd) throws IOException {
    String page = Files.readString(page(crd));

    assertThat(conditions(crd)).allSatisfy(type -> assertThat(page).contains("| `" + type + "`"));
    assertThat(columns(crd)).isNotEmpty().allSatisfy(name -> assertThat(page).contains(name));
  }

  private static List<String> conditions(CrdSchema crd) {
    List<String> ofAccounts = List.of(Condition.READY, Condition.RECONCILING, Condition.STALLED);
    return crd.kind().equals("SesAccount")
        ? ofAccounts
        : Stream.concat(ofAccounts.stream(), Stream.of(Condition.VERIFIED, Condition.DRIFTED))
            .toList();
  }

  private static List<String> columns(CrdSchema crd) {
    return crd.version()
        .path("additionalPrinterColumns")
        .valueStream()
        .map(column -> "`" + column.path("name").asText() + "`")
        .toList();
  }

  private static Path page(CrdSchema crd) {
    return DIRECTORY.resolve(crd.definition().at("/spec/names/plural").asText() + ".md");
  }

  private static String rowsOf(String page, String part) {
    return Arrays.stream(page.split("\n"))
        .filter(line -> line.startsWith("| `" + part + "."))
        .collect(Collectors.joining("\n"));
  }

  private static String withRows(String page, String part, String rows) {
    Matcher old =
        Pattern.compile("(<!-- fields of " + part + " -->\n\\|.*\n\\|.*\n)(\\| .*\n)*")
            .matcher(page);
    return old.replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + rows + "\n"));
  }
}
