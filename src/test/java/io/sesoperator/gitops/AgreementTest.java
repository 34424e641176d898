package io.sesoperator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sesoperator.api.Condition;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.api.SmtpCredentialStatus;
import io.sesoperator.testing.Observations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the three are computed as the tools do; {@code StatusRules} has them agree everywhere. */
class AgreementTest {

  private static final Map<String, Object> READY = Map.of("type", "Ready", "status", "True");
  private static final Map<String, Object> RECONCILING =
      Map.of("type", "Reconciling", "status", "True");
  private static final Map<String, Object> STALLED = Map.of("type", "Stalled", "status", "True");

  @Test
  void kstatusReadsConditionsInTheirOrder() {
    assertThat(KstatusPort.of(resource(1, READY))).isEqualTo(KstatusPort.CURRENT);
    assertThat(KstatusPort.of(resource(1))).isEqualTo(KstatusPort.CURRENT);
    assertThat(KstatusPort.of(resource(-1, READY))).isEqualTo(KstatusPort.IN_PROGRESS);
    assertThat(KstatusPort.of(resource(1, STALLED, RECONCILING))).isEqualTo(KstatusPort.FAILED);
    assertThat(KstatusPort.of(resource(1, RECONCILING, STALLED)))
        .isEqualTo(KstatusPort.IN_PROGRESS);
    assertThat(KstatusPort.of(Map.of("metadata", Map.of("deletionTimestamp", "now"))))
        .isEqualTo(KstatusPort.TERMINATING);
  }

  @Test
  void fluxAsksForProgressBeforeFailureAndFailureBeforeSuccess() {
    HealthCheck flux = FluxExample.healthChecks().get("SmtpCredential");

    assertThat(flux.of(resource(1, STALLED, RECONCILING))).isEqualTo(KstatusPort.IN_PROGRESS);
    assertThat(flux.of(resource(1, READY, STALLED))).isEqualTo(KstatusPort.FAILED);
    assertThat(flux.of(resource(1, READY))).isEqualTo(KstatusPort.CURRENT);
    assertThat(flux.of(resource(2, READY))).isEqualTo(KstatusPort.IN_PROGRESS);
    assertThat(flux.of(resource(1))).isEqualTo(KstatusPort.IN_PROGRESS);
  }

  // Why the examples don't use the form that is found everywhere.
  @Test
  void filterAndAllIsTrueOfAConditionThatIsNotThere() {
    String usual = "status.conditions.filter(c, c.type == '%s').all(c, c.status == 'True')";
    Map<String, Object> progressing = resource(1, RECONCILING);

    assertThat(HealthCheck.holds(HealthCheck.compile(usual.formatted("Stalled")), progressing))
        .isTrue();
    assertThat(HealthCheck.holds(HealthCheck.compile(usual.formatted("Ready")), progressing))
        .isTrue();
  }

  @Test
  void failsWhereAStatusMeansNothingInTheTable() {
    SmtpCredential odd = new SmtpCredential();
    odd.getMetadata().setGeneration(1L);
    SmtpCredentialStatus.Draft draft = SmtpCredentialStatus.NONE.draft();
    draft.observedGeneration = 1;
    draft.conditions =
        List.of(new Condition("Ready", "False", 1, Observations.NOW, "Odd", "Nothing goes on."));
    odd.setStatus(draft.finish());

    assertThatThrownBy(() -> Agreement.check(odd))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("No situation looks like this");
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Map<String, Object> resource(long observed, Map<String, Object>... conditions) {
    return Map.of(
        "metadata",
        Map.of("generation", 1L),
        "status",
        conditions.length == 0
            ? Map.of("observedGeneration", observed)
            : Map.of("observedGeneration", observed, "conditions", List.of(conditions)));
  }
}
