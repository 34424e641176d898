package io.sesoperator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sesoperator.api.Reason;
import io.sesoperator.plan.Forecast.Action;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan for programs, as docs/cli.md describes it; what is not known is null. */
final class PlanJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanJson() {}

  static String of(List<PlannedResource> plan) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode resources = json.putArray("resources");
    plan.forEach(it -> add(it, resources.addObject()));
    ObjectNode summary = json.putObject("summary");
    Stream.of(Action.values())
        .forEach(action ->
            summary.put(word(action), plan.stream().filter(it -> it.action() == action).count()));
    return json.toPrettyString();
  }

  private static void add(PlannedResource resource, ObjectNode json) {
    json.put("namespace", resource.namespace())
        .put("name", resource.name())
        .put("address", resource.credential().getSpec().emailAddress())
        .put("account", resource.credential().getSpec().accountRef().name())
        .put("action", word(resource.action()));
    put(json, "reason", resource.forecast().reason().map(Reason::wire));
    put(json, "actor", resource.actor().map(PlanJson::word));
    json.put("message", resource.forecast().message());
    put(json, "nextAttemptTime", resource.forecast().nextAttempt().map(Instant::toString));
    ArrayNode unseen = json.putArray("unseen");
    resource.unseen().forEach(unseen::add);
    ObjectNode evidence = json.putObject("evidence");
    put(evidence, "acceptedTime", resource.acceptedAt().map(Instant::toString));
    put(evidence, "verifiedTime", resource.verifiedAt().map(Instant::toString));
    put(evidence, "sendersListedTime", resource.sendersListedAt().map(Instant::toString));
  }

  private static void put(ObjectNode json, String field, Optional<String> text) {
    text.ifPresentOrElse(it -> json.put(field, it), () -> json.putNull(field));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
