package io.sesoperator.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.api.Reason;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.plan.Outcome;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.plan.Outcome.Done;
import io.sesoperator.plan.Outcome.Effect;
import io.sesoperator.plan.Outcome.NotYet;
import io.sesoperator.ses.SesErrors.Row;
import java.util.Comparator;
import java.util.Optional;

/** Every code that a server may make up. */
class SesErrorsFuzzTest {

  private static final String HAS_IT_ALREADY = "OperationDenied.RepeatPassWord";

  @FuzzTarget
  void readsACodeAsTheLongestPartOfItThatIsListed(byte[] input) {
    String code = new String(input, UTF_8);
    Answer answer = new Answer("UpdateEmailSmtpPassWord", Optional.of(code), Optional.of("req-1"));

    Outcome outcome = SesErrors.classify(answer);

    assertThat(outcome).isEqualTo(expected(code, answer));
    dependsOnTheCodeAlone(code);
    if (outcome instanceof Done done) {
      assertThat(done.effect()).isEqualTo(Effect.UNCHANGED);
      assertThat(code + ".").startsWith(HAS_IT_ALREADY + ".");
    }
  }

  private static Outcome expected(String code, Answer answer) {
    return SesErrors.TABLE.stream()
        .filter(row -> (code + ".").startsWith(row.code() + "."))
        .max(Comparator.comparingInt((Row row) -> row.code().length()))
        .map(row -> row.meaning().outcome(row.reason(), answer))
        .orElse(new NotYet(Reason.UNKNOWN_ERROR, answer));
  }

  private static void dependsOnTheCodeAlone(String code) {
    Answer other = new Answer("ListEmailAddress", Optional.of(code), Optional.empty());
    assertThat(SesErrors.classify(other)).isEqualTo(expected(code, other));
  }
}
