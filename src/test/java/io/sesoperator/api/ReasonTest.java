package io.sesoperator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Set<String> FACTS =
      Set.of("address", "account", "secret", "key", "rules", "owner", "trouble", "call");

  @ParameterizedTest
  @EnumSource
  void comesBackFromTheWire(Reason reason) {
    assertThat(Reason.fromWire(reason.wire())).contains(reason);
  }

  @Test
  void isWrittenInCamelCase() {
    assertThat(Reason.SECRET_KEY_NOT_FOUND.wire()).isEqualTo("SecretKeyNotFound");
    assertThat(Reason.APPLIED.wire()).isEqualTo("Applied");
  }

  @Test
  void isWrittenTheSameInTurkish() {
    // Surefire runs in this locale, where "I" has no dot when it is made small.
    assertThat(java.util.Locale.getDefault().getLanguage()).isEqualTo("tr");
    assertThat(Reason.INVALID_SPEC.wire()).isEqualTo("InvalidSpec");
  }

  @Test
  void hasNoTwoConstantsWithOneNameOrOneText() {
    assertThat(Stream.of(Reason.values()).map(Reason::wire)).doesNotHaveDuplicates();
    assertThat(Stream.of(Reason.values()).map(Reason::text)).doesNotHaveDuplicates();
  }

  @Test
  void doesNotKnowWhatAnotherVersionWrote() {
    assertThat(Reason.fromWire("FromTheFuture")).isEmpty();
    assertThat(Reason.fromWire("")).isEmpty();
    assertThat(Reason.fromWire("SECRET_NOT_FOUND")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void saysWholeSentencesAboutKnownFacts(Reason reason) {
    assertThat(reason.text()).matches("[A-Z{s].*\\.");
    assertThat(PLACEHOLDER.matcher(reason.text()).results().map(match -> match.group(1)).toList())
        .isSubsetOf(FACTS);
    assertThat(PLACEHOLDER.matcher(reason.text()).replaceAll("")).doesNotContain("{", "}");
  }

  @Test
  void namesSomebodyWhoActsForEachFailureThatDoesNotPassByItself() {
    assertThat(
            Stream.of(Reason.values())
                .filter(reason -> reason.kind() == Reason.Kind.FAILURE)
                .filter(reason -> reason.actor() == Reason.Actor.NOBODY)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Reason.VERIFYING,
            Reason.THROTTLED,
            Reason.SES_UNAVAILABLE,
            Reason.CREDENTIALS_UNAVAILABLE);
  }
}
