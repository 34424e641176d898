package io.sesoperator.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** Takes away, on the wire, one thing in the operator's status writes that keeps it safe. */
enum Sabotage implements UnaryOperator<HttpMessage> {
  /** No status says what is about to be pushed. */
  NO_WRITE_AHEAD("/status", "pending"),
  /** No status says that an older request may still arrive. */
  NO_SETTLE("/status", "unsettled"),
  /** A write succeeds whatever was written in between. */
  NO_PRECONDITION("/metadata", "resourceVersion");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String parent;
  private final String field;

  Sabotage(String parent, String field) {
    this.parent = parent;
    this.field = field;
  }

  @Override
  public HttpMessage apply(HttpMessage request) {
    return isStatusWrite(request) ? request.mapBody(this::without) : request;
  }

  private static boolean isStatusWrite(HttpMessage request) {
    return request.method().equals("PATCH")
        && request.path().contains("/smtpcredentials/")
        && request.path().endsWith("/status");
  }

  private String without(String body) {
    try {
      ObjectNode whole = (ObjectNode) JSON.readTree(body);
      if (whole.at(parent) instanceof ObjectNode object) {
        object.remove(field);
      }
      return whole.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
