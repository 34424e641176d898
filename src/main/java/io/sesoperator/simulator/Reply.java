package io.sesoperator.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * What goes back over the wire.
 *
 * @param ending how much of it really goes
 */
record Reply(int status, String contentType, String body, Ending ending) {

  /** How an answer ends. */
  enum Ending {
    /** Complete, and the connection stays open. */
    WHOLE,
    /** Half of the body, then the connection is closed. */
    CUT,
    /** Not a byte: the connection is closed. */
    NOTHING
  }

  // the real service escapes everything beyond ASCII
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  static Reply json(int status, JsonNode body) {
    try {
      return new Reply(status, "application/json", JSON.writeValueAsString(body), Ending.WHOLE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree cannot fail to be written", e);
    }
  }

  static Reply text(String body) {
    return new Reply(200, "text/plain", body, Ending.WHOLE);
  }

  static Reply emptyObject() {
    return new Reply(200, "application/json", "{}", Ending.WHOLE);
  }

  static Reply page(int status) {
    String html = "<html><body><center><h1>" + status + "</h1></center><hr>nginx</body></html>";
    return new Reply(status, "text/html", html, Ending.WHOLE);
  }

  static Reply closed() {
    return new Reply(0, "", "", Ending.NOTHING);
  }

  Reply cut() {
    return new Reply(status, contentType, body, Ending.CUT);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
