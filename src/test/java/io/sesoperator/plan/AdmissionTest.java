package io.sesoperator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sesoperator.api.SesAccountSpec;
import io.sesoperator.api.SesAccountSpec.Consumer;
import io.sesoperator.api.SesAccountSpec.Requirement;
import io.sesoperator.api.SesAccountSpec.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

  private static final String ADDRESS = "noreply@mail.example.com";

  @Test
  void admitsNobodyByDefault() {
    assertThat(admits(account(), "shop", Map.of())).isFalse();
    assertThat(admits(account(consumer(List.of("shop"))), "shop", Map.of())).isFalse();
    assertThat(admits(account(consumer(List.of(), "*")), "shop", Map.of())).isFalse();
  }

  @Test
  void admitsANamespaceByItsName() {
    SesAccountSpec account = account(consumer(List.of("shop", "blog"), "*"));

    assertThat(admits(account, "blog", Map.of())).isTrue();
    assertThat(admits(account, "Blog", Map.of())).isFalse();
    assertThat(admits(account, "blog2", Map.of())).isFalse();
    assertThat(admits(account, "*", Map.of())).isFalse();
  }

  @Test
  void admitsEveryNamespaceByAnEmptySelector() {
    assertThat(admits(bySelector(Map.of()), "any", Map.of())).isTrue();
    assertThat(admits(bySelector(Map.of()), "any", Map.of("team", "a"))).isTrue();
  }

  @Test
  void demandsEveryLabelOfASelector() {
    SesAccountSpec account = bySelector(Map.of("team", "a", "stage", "prod"));

    assertThat(admits(account, "shop", Map.of("team", "a", "stage", "prod", "x", "y"))).isTrue();
    assertThat(admits(account, "shop", Map.of("team", "a"))).isFalse();
    assertThat(admits(account, "shop", Map.of("team", "a", "stage", "test"))).isFalse();
  }

  @ParameterizedTest(name = "team {0} a,b: of a {1}, of c {2}, without the label {3}")
  @CsvSource({
    "In, true, false, false",
    "NotIn, false, true, true",
    "Exists, true, true, false",
    "DoesNotExist, false, false, true",
    "FromTheFuture, false, false, false",
    "'', false, false, false"
  })
  void knowsEveryOperator(String operator, boolean ofA, boolean ofC, boolean without) {
    SesAccountSpec account =
        bySelector(Map.of(), new Requirement("team", operator, List.of("a", "b")));

    assertThat(admits(account, "shop", Map.of("team", "a"))).isEqualTo(ofA);
    assertThat(admits(account, "shop", Map.of("team", "c"))).isEqualTo(ofC);
    assertThat(admits(account, "shop", Map.of())).isEqualTo(without);
  }

  @Test
  void demandsEveryRequirementOfASelector() {
    SesAccountSpec account =
        bySelector(
            Map.of("team", "a"),
            new Requirement("stage", "Exists", List.of()),
            new Requirement("stage", "NotIn", List.of("test")));

    assertThat(admits(account, "shop", Map.of("team", "a", "stage", "prod"))).isTrue();
    assertThat(admits(account, "shop", Map.of("team", "a", "stage", "test"))).isFalse();
    assertThat(admits(account, "shop", Map.of("stage", "prod"))).isFalse();
  }

  @Test
  void takesNamespaceAndAddressFromOneEntry() {
    SesAccountSpec account =
        account(
            consumer(List.of("shop"), "shop@mail.example.com"), consumer(List.of("blog"), ADDRESS));

    assertThat(admits(account, "shop", Map.of())).isFalse();
    assertThat(admits(account, "blog", Map.of())).isTrue();
  }

  @ParameterizedTest(name = "{0} covers {1}: {2}")
  @CsvSource({
    "*, a@b.c, true",
    "**, a@b.c, true",
    "'', a@b.c, false",
    "a@b.c, a@b.c, true",
    "a@b.c, a@b.cd, false",
    "a@b.c, xa@b.c, false",
    "*@b.c, a@b.c, true",
    "*@b.c, a@x.b.c, false",
    "*@b.c, @b.c, true",
    "a@*, a@b.c, true",
    "a@*, aa@b.c, false",
    "a*@*.c, abc@b.c, true",
    "a*@*.c, abc@b.d, false",
    "*a*a*, a, false",
    "*a*a*, aa, true",
    "a*a, a, false",
    "a*a, aa, true",
    "A@b.c, a@b.c, false",
    "a@b?c, a@b.c, false",
    "a@b.c, a@bxc, false",
    "a.*@b.c, ax@b.c, false",
    "[a]@b.c, a@b.c, false",
    "[a]@b.c, [a]@b.c, true",
    "(a|b)+@b.c, a@b.c, false",
    "a+b@b.c, a+b@b.c, true",
    "a+b@b.c, aab@b.c, false",
    "^a@b.c$, a@b.c, false",
    "\\Qa@b.c\\E, a@b.c, false",
    "\\E*\\Q, a@b.c, false",
    "\\E*\\Q, \\Ex\\Q, true",
    "{1}@b.c, {1}@b.c, true"
  })
  void readsOnlyTheStarAsSpecial(String glob, String address, boolean covered) {
    SesAccountSpec account = account(consumer(List.of("shop"), glob));

    assertThat(Admission.admits(account, "shop", Map.of(), address)).isEqualTo(covered);
  }

  @Test
  void doesNotBlowUpOnAHostileGlob() {
    String stars = "*a".repeat(60) + "*b";
    String address = "a".repeat(128);
    SesAccountSpec account = account(consumer(List.of("shop"), stars, "*".repeat(5000) + "b"));

    boolean admitted =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> Admission.admits(account, "shop", Map.of(), address));

    assertThat(admitted).isFalse();
  }

  @Property(tries = 2000)
  void agreesWithASlowAndObviousMatcher(
      @ForAll
          @CharRange(from = '*', to = '*')
          @CharRange(from = 'a', to = 'b')
          @StringLength(max = 7)
          String glob,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 7) String address) {
    SesAccountSpec account = account(consumer(List.of("shop"), glob));

    assertThat(Admission.admits(account, "shop", Map.of(), address))
        .isEqualTo(covers(glob, address));
  }

  @Property(tries = 5000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void agreesWithANaiveReadingOfTheEntries(
      @ForAll("accounts") SesAccountSpec account,
      @ForAll("names") String namespace,
      @ForAll("labels") Map<String, String> labels,
      @ForAll("addresses") String address) {
    boolean admitted = Admission.admits(account, namespace, labels, address);

    assertThat(admitted).isEqualTo(naively(account, namespace, labels, address));
    Statistics.collect(admitted);
    Statistics.coverage(cases -> {
      cases.check(true).percentage(share -> share > 5);
      cases.check(false).percentage(share -> share > 5);
    });
  }

  private static boolean naively(
      SesAccountSpec account, String namespace, Map<String, String> labels, String address) {
    for (Consumer consumer : account.allowedConsumers()) {
      boolean ours = false;
      for (String name : consumer.namespaces()) {
        ours |= name.equals(namespace);
      }
      if (consumer.namespaceSelector().isPresent()) {
        ours |= selected(consumer.namespaceSelector().get(), labels);
      }
      for (String glob : consumer.addresses()) {
        if (ours && covers(glob, address)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean selected(Selector selector, Map<String, String> labels) {
    for (String key : selector.matchLabels().keySet()) {
      if (!selector.matchLabels().get(key).equals(labels.get(key))) {
        return false;
      }
    }
    for (Requirement requirement : selector.matchExpressions()) {
      String value = labels.get(requirement.key());
      boolean met =
          switch (requirement.operator()) {
            case "In" -> value != null && requirement.values().contains(value);
            case "NotIn" -> value == null || !requirement.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
          };
      if (!met) {
        return false;
      }
    }
    return true;
  }

  @Provide
  static Arbitrary<SesAccountSpec> accounts() {
    Arbitrary<Requirement> requirements =
        Combinators.combine(
                Arbitraries.of("k", "l"),
                Arbitraries.of("In", "NotIn", "Exists", "DoesNotExist", "Like"),
                names().list().ofMaxSize(2))
            .as(Requirement::new);
    Arbitrary<Selector> selectors =
        Combinators.combine(labels(), requirements.list().ofMaxSize(2)).as(Selector::new);
    Arbitrary<Consumer> consumers =
        Combinators.combine(
                names().list().ofMaxSize(2), selectors.optional(0.5), globs().list().ofMaxSize(2))
            .as(Consumer::new);
    return consumers.list().ofMaxSize(4).map(list -> account(list.toArray(Consumer[]::new)));
  }

  @Provide
  static Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "c");
  }

  @Provide
  static Arbitrary<Map<String, String>> labels() {
    return Arbitraries.maps(Arbitraries.of("k", "l"), names()).ofMaxSize(2);
  }

  @Provide
  static Arbitrary<String> addresses() {
    return Arbitraries.strings().withChars("ab@").ofMaxLength(4);
  }

  private static Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab@**").ofMaxLength(4);
  }

  private static boolean covers(String glob, String text) {
    if (glob.isEmpty()) {
      return text.isEmpty();
    }
    boolean rest = !text.isEmpty() && glob.charAt(0) == text.charAt(0);
    return glob.charAt(0) == '*'
        ? covers(glob.substring(1), text) || (!text.isEmpty() && covers(glob, text.substring(1)))
        : rest && covers(glob.substring(1), text.substring(1));
  }

  private static boolean admits(
      SesAccountSpec account, String namespace, Map<String, String> labels) {
    return Admission.admits(account, namespace, labels, ADDRESS);
  }

  private static SesAccountSpec bySelector(Map<String, String> labels, Requirement... others) {
    Selector selector = new Selector(labels, List.of(others));
    return account(new Consumer(List.of(), Optional.of(selector), List.of("*")));
  }

  private static Consumer consumer(List<String> namespaces, String... addresses) {
    return new Consumer(namespaces, Optional.empty(), List.of(addresses));
  }

  private static SesAccountSpec account(Consumer... consumers) {
    return new SesAccountSpec(
        "ap-singapore",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        15,
        List.of(consumers));
  }
}
