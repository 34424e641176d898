package io.sesoperator.plan;

import static io.sesoperator.testing.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.Reason;
import io.sesoperator.api.SesAccount;
import io.sesoperator.api.SesAccountStatus;
import io.sesoperator.fuzz.EditedJson;
import io.sesoperator.fuzz.FuzzTarget;
import io.sesoperator.kube.KubernetesJson;
import io.sesoperator.plan.Outcome.Answer;
import io.sesoperator.testing.StatusRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An account's status as nobody should write it, and what checks make of it: an input edits {@link
 * #WORLD}, whose {@code checks} follow one another.
 */
class AccountFuzzTest {

  private static final String WORLD =
      """
      {
        "generation": 2,
        "status": {
          "observedGeneration": 1,
          "conditions": [{
            "type": "Ready", "status": "True", "observedGeneration": 1, "reason": "Available",
            "lastTransitionTime": "2026-03-01T11:00:00Z", "message": "It is."}],
          "senders": 1
        },
        "checks": [{"is": "Listed", "senders": 3}]
      }
      """;

  private static final int MOST_CHECKS = 8;

  private final KubernetesSerialization json = KubernetesJson.create();

  @FuzzTarget
  void obeysTheRulesAndWritesNothingTwice(byte[] input) {
    JsonNode world = EditedJson.of(WORLD, input);
    SesAccount account = new SesAccount();
    account.getMetadata().setName("default");
    account.getMetadata().setGeneration(Math.max(1, world.path("generation").asLong(2)));
    account.setStatus(read(world.path("status")));
    Instant now = NOW;
    int left = MOST_CHECKS;
    for (JsonNode check : world.path("checks")) {
      if (left-- > 0) {
        now = now.plusSeconds(60);
        checked(account, now, check(check));
      }
    }
  }

  private SesAccountStatus read(JsonNode status) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "ses-operator.io/v1alpha1").put("kind", "SesAccount");
    object.set("status", status);
    return json.unmarshal(object.toString(), SesAccount.class).statusOrNone();
  }

  private void checked(SesAccount account, Instant now, AccountCheck check) {
    SesAccountStatus before = account.statusOrNone();
    SesAccountStatus next = after(account, now, check);

    account.setStatus(next);
    if (!next.equals(before)) {
      StatusRules.check(account);
    }
    assertThat(after(account, now.plusSeconds(1), check)).isSameAs(next);
    SesAccount back = json.unmarshal(json.asJson(account), SesAccount.class);
    assertThat(back.statusOrNone()).isEqualTo(next);
  }

  private static SesAccountStatus after(SesAccount account, Instant now, AccountCheck check) {
    return NextAccountStatus.after(
        now,
        account.getMetadata().getName(),
        account.getMetadata().getGeneration(),
        account.statusOrNone(),
        check);
  }

  private static AccountCheck check(JsonNode check) {
    String code = check.path("code").asText("InternalError");
    Answer answer =
        new Answer(
            "ListEmailAddress",
            Optional.of(code).filter(text -> text.matches("[A-Za-z0-9_.]{1,100}")),
            Optional.of("req-" + check.path("request").asInt()));
    return switch (check.path("is").asText()) {
      case "Listed" -> new AccountCheck.Listed(check.path("senders").asInt(), answer);
      case "NotPermitted" -> new AccountCheck.NotPermitted(answer);
      case "Unusable" -> new AccountCheck.Unusable(reason(check), Optional.of(answer), skew(check));
      default -> new AccountCheck.Unanswered(reason(check), answer);
    };
  }

  private static Reason reason(JsonNode check) {
    return Reason.fromWire(check.path("reason").asText())
        .filter(reason -> reason.kind() == Reason.Kind.FAILURE)
        .orElse(Reason.SES_UNAVAILABLE);
  }

  /** As far as a Date header can be off. */
  private static Optional<Duration> skew(JsonNode check) {
    return Optional.of(check.path("skew"))
        .filter(JsonNode::isNumber)
        .map(skew -> Math.clamp(skew.asLong(), -300_000_000_000L, 300_000_000_000L))
        .map(Duration::ofSeconds);
  }
}
