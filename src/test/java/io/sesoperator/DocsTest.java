package io.sesoperator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.api.Reason;
import io.sesoperator.runtime.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents say what is so. To renew a table, put what its test expects into the page. */
class DocsTest {

  private static final Path DECISIONS = Path.of("docs", "decisions");
  private static final int LONGEST_DECISION = 40;

  private static final Path RULES = Path.of("src/test/java/io/sesoperator/ArchitectureTest.java");
  private static final Pattern RULE =
      Pattern.compile(
          "@(?:Arch)?Test\\s+(?:(?:public|private|static|final) )*(?:ArchRule|void) (\\w+)");
  private static final Pattern MENTIONED_RULE =
      Pattern.compile("\\((?:`|\\{@code )([a-z]\\w*[A-Z]\\w*)[`}]\\)");

  private static final Pattern CAM_ACTION = Pattern.compile("ses:\\w+");

  private static final Pattern THREAT = Pattern.compile("(?m)^\\*\\*T-(\\d+)\\. ");

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Page page) {
    assertThat(page.links().filter(Files::notExists)).as("%s", page).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToHeadings(Page page) {
    assertThat(page.deadAnchors()).as("%s", page).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsAreUnderstoodAndTheirFilesExist(Page page) {
    assertThat(ShellCommand.of(page).stream().map(ShellCommand::problem).flatMap(Optional::stream))
        .as("%s", page)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examplesAreReadWithoutLoss(Page page) {
    assertThat(YamlExample.of(page).stream().flatMap(example -> example.problems().stream()))
        .as("%s", page)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void testsThatAreNamedExist(Page page) {
    assertThat(Proof.of(page).stream().map(Proof::problem).flatMap(Optional::stream))
        .as("%s", page)
        .isEmpty();
  }

  @Test
  void theThreatModelNumbersItsThreatsAndNamesProofs() {
    Page threats = Page.read(Path.of("docs", "threat-model.md"));
    List<String> numbers =
        THREAT.matcher(threats.text()).results().map(threat -> threat.group(1)).toList();

    assertThat(numbers)
        .hasSizeGreaterThan(20)
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(Integer::toString).toList());
    assertThat(Proof.of(threats)).hasSizeGreaterThan(numbers.size());
  }

  @Test
  void theReadmeHasCommandsAndAnExampleOfEachKind() {
    Page readme = Page.read(Path.of("README.md"));

    assertThat(ShellCommand.of(readme)).hasSizeGreaterThan(4);
    assertThat(readme.text()).contains("kind: SmtpCredential", "kind: SesAccount");
  }

  @Test
  void theReadmeFitsOnAFewScreens() {
    assertThat(Page.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(200);
    assertThat(Page.read(Path.of("ARCHITECTURE.md")).lines()).hasSizeLessThanOrEqualTo(180);
  }

  @Test
  void theIndexLeadsToEveryPage() {
    Page index = Page.read(Path.of("docs", "README.md"));

    assertThat(index.links())
        .containsAll(
            Stream.of(Path.of("docs"), Path.of("docs", "reference"))
                .flatMap(directory -> Page.in(directory).stream())
                .map(Page::path)
                .filter(page -> !page.equals(index.path()))
                .toList());
  }

  @Test
  void decisionsAreListedByTheirTitles() {
    List<String> listed =
        Page.read(DECISIONS.resolve("README.md")).lines().stream()
            .filter(line -> line.startsWith("- "))
            .toList();

    assertThat(listed).isEqualTo(decisions().map(DocsTest::listed).toList());
  }

  private static String listed(Page decision) {
    String file = decision.path().getFileName().toString();
    return "- [%s %s](%s)".formatted(file.substring(0, 4), decision.title(), file);
  }

  @Test
  void decisionsAreShortSentencesThatCouldBeRevised() {
    assertThat(decisions())
        .hasSizeGreaterThan(7)
        .allSatisfy(decision -> {
          assertThat(decision.title()).matches("[A-Z]\\S*( \\S+){2,}[^.:]");
          assertThat(decision.lines()).hasSizeLessThanOrEqualTo(LONGEST_DECISION);
          assertThat(decision.text()).contains("**What would change our mind.**");
        });
  }

  private static Stream<Page> decisions() {
    return Page.in(DECISIONS).stream()
        .filter(page -> !page.path().getFileName().toString().equals("README.md"));
  }

  @Test
  void settingsEqualTheCode() {
    String table =
        Stream.of(Setting.values())
            .map(setting ->
                "| `%s` | `%s` | %s | %s |"
                    .formatted(
                        setting.flag(),
                        setting.variable(),
                        setting.standard(),
                        setting.description()))
            .collect(Collectors.joining("\n"));

    assertThat(Page.read(Path.of("docs", "settings.md")).linesFrom("| `--")).isEqualTo(table);
  }

  @Test
  void reasonsEqualTheCode() {
    String table =
        Stream.of(Reason.values())
            .map(reason ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        reason.wire(), lower(reason.kind()), lower(reason.actor()), reason.text()))
            .collect(Collectors.joining("\n"));

    assertThat(Page.read(Path.of("docs", "reasons.md")).linesFrom("| `")).isEqualTo(table);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void theCamPolicyAllowsWhatStatusAsksForAndNothingElse() throws IOException {
    JsonNode policy = new ObjectMapper().readTree(Path.of("docs", "cam-policy.json").toFile());

    assertThat(policy.path("statement")).hasSize(1);
    JsonNode statement = policy.path("statement").path(0);
    assertThat(statement.path("effect").asText()).isEqualTo("allow");
    assertThat(statement.path("resource").valueStream().map(JsonNode::asText)).containsExactly("*");
    assertThat(statement.path("action").valueStream().map(JsonNode::asText))
        .containsExactlyElementsOf(
            CAM_ACTION
                .matcher(Reason.NOT_AUTHORIZED.text())
                .results()
                .map(MatchResult::group)
                .toList());
  }

  @Test
  void architectureNamesEveryRuleThatTheBuildKeeps() {
    assertThat(mentionedRules(Page.read(Path.of("ARCHITECTURE.md")).text())).isEqualTo(rules());
  }

  @Test
  void packagesNameRulesThatTheBuildKeeps() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> packages = files.filter(file -> file.endsWith("package-info.java")).toList();

      assertThat(packages).isNotEmpty();
      assertThat(packages)
          .allSatisfy(file -> assertThat(rules()).containsAll(mentionedRules(text(file))));
    }
  }

  private static Set<String> rules() {
    return RULE.matcher(text(RULES))
        .results()
        .map(rule -> rule.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> mentionedRules(String text) {
    return MENTIONED_RULE
        .matcher(text.replaceAll("\\s+(\\* )?", " "))
        .results()
        .map(rule -> rule.group(1))
        .collect(Collectors.toSet());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
