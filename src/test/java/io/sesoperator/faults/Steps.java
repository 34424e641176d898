package io.sesoperator.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sesoperator.faults.Ledger.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells what a request is a step of. Lists, watches, checks of an account and the Lease's traffic
 * are none.
 */
final class Steps {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAMESPACE = 0;

  /** Those that are between the password's read and the call. */
  private final Set<String> pushing = ConcurrentHashMap.newKeySet();

  /** The step of a request to the API server. */
  Optional<Step> ofApi(HttpMessage request) {
    List<String> path = List.of(request.path().replaceFirst(".*?/namespaces/?", "").split("/"));
    if (!request.path().contains("/namespaces/") || path.size() < 2) {
      return Optional.empty();
    }
    String resource = path.get(NAMESPACE + 1);
    if (resource.equals("events") && request.method().equals("POST")) {
      String about = json(request).path("regarding").path("name").asText();
      return Optional.of(new Step(about, "POST events"));
    }
    return path.size() < 3 ? Optional.empty() : ofObject(request, resource, path);
  }

  /** The step of a request to SES. */
  Optional<Step> ofSes(HttpMessage request) {
    if (!isAction(request, "UpdateEmailSmtpPassWord")) {
      return Optional.empty();
    }
    String credential = json(request).path("EmailAddress").asText().replaceFirst("@.*", "");
    pushing.remove(credential);
    return Optional.of(new Step(credential, Step.CALL));
  }

  /** The password that a call sets. */
  static String password(HttpMessage call) {
    return json(call).path("Password").asText();
  }

  /** What a status write remembers. */
  static Memory memory(HttpMessage write) {
    JsonNode status = json(write).path("status");
    JsonNode until = status.path("unsettled").path("until");
    return new Memory(
        status.has("pending"),
        until.isTextual() ? Optional.of(Instant.parse(until.asText())) : Optional.empty());
  }

  /** Whether this is an account's check. */
  static boolean isCheck(HttpMessage request) {
    return isAction(request, "ListEmailAddress");
  }

  private Optional<Step> ofObject(HttpMessage request, String resource, List<String> path) {
    String name = path.get(2);
    if (resource.equals("secrets") && name.startsWith(Arena.KEYS)) {
      // an account's check reads them, too
      return Optional.of(name.substring(Arena.KEYS.length()))
          .filter(pushing::contains)
          .map(credential -> new Step(credential, "GET secrets (API keys)"));
    }
    if (!name.startsWith(Arena.CREDENTIAL)) {
      return Optional.empty();
    }
    if (resource.equals("secrets")) {
      pushing.add(name);
      return Optional.of(new Step(name, request.method() + " secrets (password)"));
    }
    String part = path.size() > 3 ? "/" + path.get(3) : "";
    String kind = json(request).path("status").has("pending") ? " (pending)" : "";
    return Optional.of(new Step(name, request.method() + " " + resource + part + kind));
  }

  private static boolean isAction(HttpMessage request, String action) {
    return request.header("X-TC-Action").filter(action::equals).isPresent();
  }

  private static JsonNode json(HttpMessage request) {
    try {
      return JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      // without a cause, which could quote a password
      throw new IllegalArgumentException("No JSON in " + request);
    }
  }
}
