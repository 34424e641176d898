package io.sesoperator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/**
 * fabric8's CRUD mock with what the operator needs beyond it: server-side apply (415 there), {@code
 * /version}, the {@code stringData} of Secrets, and reviews that permit everything (else leader
 * election does not start).
 *
 * <p>Apply is a simplification: there is one manager, so a status is replaced as a whole and an
 * object is merged. A stale {@code metadata.resourceVersion} is answered with 409, as by the real
 * server.
 */
final class ServerSideApplyDispatcher extends KubernetesCrudDispatcher {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public MockResponse handleGet(String path) {
    return path.equals("/version")
        ? answer(200, "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.0-mock\"}")
        : super.handleGet(path);
  }

  @Override
  public MockResponse handleCreate(RecordedRequest request) {
    if (!request.getPath().startsWith("/apis/authorization.k8s.io/")) {
      return super.handleCreate(asStored(request));
    }
    return request.getPath().endsWith("/selfsubjectaccessreviews")
        ? review("SelfSubjectAccessReview", "{\"allowed\":true}")
        : review(
            "SelfSubjectRulesReview",
            """
            {"incomplete":false,"nonResourceRules":[],\
            "resourceRules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}\
            """);
  }

  private static MockResponse review(String kind, String status) {
    return answer(
        201,
        """
        {"apiVersion":"authorization.k8s.io/v1","kind":"%s","metadata":{},"spec":{},"status":%s}\
        """
            .formatted(kind, status));
  }

  @Override
  public MockResponse handleUpdate(RecordedRequest request) {
    return super.handleUpdate(asStored(request));
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    if (!contentType(request).startsWith("application/apply-patch")) {
      return super.handlePatch(asStored(request));
    }
    String path = request.getPath().replaceFirst("\\?.*", "");
    JsonNode applied = asStored(parse(request.getBody().readUtf8()));
    if (path.endsWith("/status")) {
      return super.handlePatch(patch(path, "application/json-patch+json", statusPatch(applied)));
    }
    return exists(path)
        ? super.handlePatch(patch(path, "application/merge-patch+json", applied))
        : create(path, applied);
  }

  private static RecordedRequest asStored(RecordedRequest request) {
    if (!request.getPath().contains("/secrets")) {
      return request;
    }
    JsonNode body = asStored(parse(request.getBody().readUtf8()));
    return request(request.method(), request.getPath(), contentType(request), body);
  }

  /** A Secret's {@code stringData} becomes part of its {@code data}. */
  private static JsonNode asStored(JsonNode object) {
    JsonNode texts = object.path("stringData");
    if (!texts.isObject()) {
      return object;
    }
    ObjectNode stored = object.deepCopy();
    ObjectNode data = stored.withObject("/data");
    texts
        .properties()
        .forEach(text -> data.put(text.getKey(), text.getValue().asText().getBytes(UTF_8)));
    return stored.without("stringData");
  }

  private boolean exists(String path) {
    return super.handleGet(path).code() == 200;
  }

  private MockResponse create(String path, JsonNode object) {
    if (object.at("/metadata/resourceVersion").isTextual()) {
      return answer(409, "{\"kind\":\"Status\",\"code\":409,\"reason\":\"Conflict\"}");
    }
    String collection = path.substring(0, path.lastIndexOf('/'));
    return super.handleCreate(request(HttpMethod.POST, collection, "application/json", object));
  }

  private static ArrayNode statusPatch(JsonNode applied) {
    ArrayNode patch = JSON.createArrayNode();
    patch.addObject().put("op", "add").put("path", "/status").set("value", applied.path("status"));
    JsonNode version = applied.at("/metadata/resourceVersion");
    if (version.isTextual()) {
      patch
          .addObject()
          .put("op", "replace")
          .put("path", "/metadata/resourceVersion")
          .set("value", version);
    }
    return patch;
  }

  private static RecordedRequest patch(String path, String type, JsonNode body) {
    return request(HttpMethod.PATCH, path, type, body);
  }

  private static RecordedRequest request(
      HttpMethod method, String path, String type, JsonNode body) {
    return new RecordedRequest(
        "HTTP/1.1",
        method,
        path,
        Headers.builder().add("Content-Type", type).build(),
        new Buffer(body.toString().getBytes(UTF_8)));
  }

  private static String contentType(RecordedRequest request) {
    return String.valueOf(request.getHeader("Content-Type"));
  }

  private static MockResponse answer(int code, String body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body);
  }

  // JSON is YAML too, and that is what the client sends.
  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An applied object that is no JSON", e);
    }
  }
}
