package io.sesoperator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whether they hold is shown by {@link CrdCasesTest}, and by the API server itself. */
class CelRulesTest {

  private static Set<String> rulesOfTheCrds() {
    return Crds.load().rules().collect(Collectors.toSet());
  }

  @Test
  void knowsEveryRuleOfTheCrds() {
    assertThat(rulesOfTheCrds()).hasSizeGreaterThan(8).contains(CelRules.IMMUTABLE);
    assertThat(rulesOfTheCrds())
        .filteredOn(rule -> CelRules.find(rule).isEmpty())
        .containsExactly(CelRules.IMMUTABLE);
  }

  @Test
  void knowsNoRuleThatIsGoneFromTheCrds() {
    assertThat(rulesOfTheCrds()).containsAll(CelRules.byHand());
  }
}
