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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
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
