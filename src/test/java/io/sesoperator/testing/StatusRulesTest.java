package io.sesoperator.testing;

import static io.sesoperator.testing.StatusRules.Kstatus.CURRENT;
import static io.sesoperator.testing.StatusRules.Kstatus.FAILED;
import static io.sesoperator.testing.StatusRules.Kstatus.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.sesoperator.api.Condition;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.api.SmtpCredentialStatus.Applied;
import io.sesoperator.api.SmtpCredentialStatus.Draft;
import io.sesoperator.api.SmtpCredentialStatus.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusRulesTest {

  private static final long GENERATION = 2;

  static Stream<Arguments> badStatuses() {
    return Stream.of(
        bad("FAIL0001", is("Ready", "True"), is("Stalled", "True")),
        bad("FAIL0002", is("Reconciling", "True")),
        bad("FAIL0003", is("Ready", "True"), is("Reconciling", "True")),
        bad("FAIL0004", is("Ready", "Unknown"), is("Stalled", "True")),
        bad("FAIL0005", is("Ready", "False"), is("Stalled", "True"), is("Reconciling", "True")),
        bad("FAIL0006", draft -> draft.observedGeneration = 3, is("Ready", "True")),
        bad("FAIL0007", draft -> draft.observedGeneration = 1, is("Ready", "True")),
        bad("FAIL0008", is("Ready", "True"), of(is("Verified", "True"), 1)),
        bad("FAIL0009", is("Ready", "True"), of(is("Verified", "True"), 3)),
        bad("FAIL0011", is("Ready", "Unknown")),
        bad("WARN0003", is("Ready", "True"), is("Reconciling", "False")),
        bad("WARN0004", is("Ready", "True"), is("Stalled", "False")),
        bad("WARN0005", of(is("Ready", "True"), 0)),
        bad("OWN01", is("Ready", "True"), is("Ready", "True")),
        bad("OWN02", is("Ready", "true"), is("Reconciling", "True")),
        bad("OWN03", because("not found", "A message."), is("Reconciling", "True")),
        bad("OWN04", because("Reason", ""), is("Reconciling", "True")),
        bad("OWN04", because("Reason", "x".repeat(1024)), is("Reconciling", "True")),
        bad("OWN04", because("Reason", "Secret {secret}"), is("Reconciling", "True")),
        bad("OWN05", since(is("Ready", "True"), Instant.EPOCH)),
        bad("OWN06", of(is("Ready", "True"), 3)),
        bad("OWN07", is("Ready", "False")),
        bad(
            "OWN08",
            draft -> draft.observedGeneration = 1,
            is("Ready", "False"),
            is("Stalled", "True")),
        bad("OWN09", is("Reconciling", "True"), is("Ready", "True")),
        bad("MEM01", draft -> draft.applied = Optional.empty(), is("Ready", "True")),
        bad(
            "MEM02",
            draft -> draft.pending = Optional.of(new Pending("k:d", Observations.NOW, 0)),
            is("Ready", "True")),
        bad(
            "MEM03",
            draft -> draft.nextAttemptTime = Optional.of(Observations.NOW),
            is("Ready", "True")),
        bad("MEM04", draft -> draft.failures = -1, is("Ready", "True")));
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @MethodSource("badStatuses")
  void findsEachBrokenRule(String rule, SmtpCredentialStatus bad) {
    assertThatThrownBy(() -> StatusRules.check(bad, GENERATION))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(rule);
  }

  static Stream<List<Condition>> goodStatuses() {
    return Stream.of(
        List.of(is("Ready", "True")),
        List.of(is("Ready", "True"), is("Drifted", "True")),
        List.of(is("Ready", "Unknown"), is("Reconciling", "True")),
        List.of(is("Ready", "False"), is("Reconciling", "True")),
        List.of(is("Ready", "False"), is("Stalled", "True")));
  }

  @ParameterizedTest
  @MethodSource("goodStatuses")
  void letsGoodStatusesPass(List<Condition> conditions) {
    assertThatCode(() -> StatusRules.check(status(_ -> {}, conditions), GENERATION))
        .doesNotThrowAnyException();
  }

  @Test
  void namesAllBrokenRulesAtOnce() {
    SmtpCredentialStatus bad =
        status(_ -> {}, List.of(is("Ready", "True"), is("Reconciling", "True")));

    assertThatThrownBy(() -> StatusRules.check(bad, GENERATION))
        .hasMessageContainingAll("FAIL0001", "FAIL0003", "OWN09");
  }

  @Test
  void takesAnUntouchedResourceAsInProgress() {
    StatusRules.check(SmtpCredentialStatus.NONE, 1);

    assertThat(StatusRules.kstatus(SmtpCredentialStatus.NONE, 1)).isEqualTo(IN_PROGRESS);
  }

  @Test
  void readsConditionsInTheirOrderAsKstatusDoes() {
    List<Condition> stalledFirst = List.of(is("Stalled", "True"), is("Reconciling", "True"));

    assertThat(StatusRules.kstatus(status(_ -> {}, stalledFirst), GENERATION)).isEqualTo(FAILED);
    assertThat(StatusRules.kstatus(status(_ -> {}, stalledFirst.reversed()), GENERATION))
        .isEqualTo(IN_PROGRESS);
  }

  @Test
  void readsReadyAsKstatusDoes() {
    assertThat(kstatusOf("True")).isEqualTo(CURRENT);
    assertThat(kstatusOf("False")).isEqualTo(IN_PROGRESS);
    assertThat(kstatusOf("Unknown")).isEqualTo(IN_PROGRESS);
    assertThat(StatusRules.kstatus(status(_ -> {}, List.of()), GENERATION)).isEqualTo(CURRENT);
  }

  @Test
  void judgesAResourceForTheGenerationItsStatusWasMadeFor() {
    SmtpCredential edited = credential(3, status(_ -> {}, List.of(is("Ready", "True"))));
    SmtpCredential stranger =
        credential(
            3, status(draft -> draft.observedGeneration = 3, List.of(of(is("Ready", "True"), 2))));

    StatusRules.check(edited);

    assertThatThrownBy(() -> StatusRules.check(stranger)).isInstanceOf(AssertionError.class);
  }

  @Test
  void judgesAccountsToo() {
    SesAccount account = new SesAccount();
    account.setMetadata(new ObjectMetaBuilder().withGeneration(2L).build());
    account.setStatus(
        new SesAccountStatus(
            2L,
            List.of(is("Ready", "True"), is("Stalled", "True")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    assertThatThrownBy(() -> StatusRules.check(account)).hasMessageContaining("FAIL0001");
  }

  private static StatusRules.Kstatus kstatusOf(String ready) {
    return StatusRules.kstatus(status(_ -> {}, List.of(is("Ready", ready))), GENERATION);
  }

  private static Arguments bad(String rule, Condition... conditions) {
    return bad(rule, _ -> {}, conditions);
  }

  private static Arguments bad(String rule, Consumer<Draft> change, Condition... conditions) {
    return Arguments.of(rule, status(change, List.of(conditions)));
  }

  private static SmtpCredentialStatus status(Consumer<Draft> change, List<Condition> conditions) {
    Draft draft = SmtpCredentialStatus.NONE.draft();
    draft.observedGeneration = GENERATION;
    draft.applied =
        Optional.of(new Applied("k:d", Observations.NOW, Optional.empty(), "Changed", 1));
    draft.conditions = conditions;
    change.accept(draft);
    return draft.finish();
  }

  private static SmtpCredential credential(long generation, SmtpCredentialStatus status) {
    SmtpCredential credential = new SmtpCredential();
    credential.setMetadata(new ObjectMetaBuilder().withGeneration(generation).build());
    credential.setStatus(status);
    return credential;
  }

  private static Condition is(String type, String status) {
    return new Condition(type, status, GENERATION, Observations.NOW, "Reason", "A message.");
  }

  private static Condition of(Condition condition, long generation) {
    return new Condition(
        condition.type(),
        condition.status(),
        generation,
        condition.lastTransitionTime(),
        condition.reason(),
        condition.message());
  }

  private static Condition since(Condition condition, Instant time) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        time,
        condition.reason(),
        condition.message());
  }

  private static Condition because(String reason, String message) {
    return new Condition("Ready", "Unknown", GENERATION, Observations.NOW, reason, message);
  }
}
