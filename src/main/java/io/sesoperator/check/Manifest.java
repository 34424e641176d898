package io.sesoperator.check;

import io.sesoperator.api.SmtpCredential;
import io.sesoperator.check.Value.Field;
import io.sesoperator.check.Value.Fields;
import java.util.Map;

/**
 * One resource.
 *
 * @param place of its first line
 * @param namespace the one that it goes to; also for kinds that have none
 * @param name empty if it has none
 */
record Manifest(
    Place place, String apiVersion, String kind, String namespace, String name, Fields body) {

  static final String OUR_VERSION = SmtpCredential.GROUP + "/" + SmtpCredential.VERSION;

  boolean is(String otherVersion, String otherKind) {
    return apiVersion.equals(otherVersion) && kind.equals(otherKind);
  }

  /** Whether it is of one API group, in any version. */
  boolean isOf(String group, String otherKind) {
    return apiVersion.startsWith(group + "/") && kind.equals(otherKind);
  }

  /** The line of the field at a path, or of the nearest one around it that is there. */
  Place placeOf(String... path) {
    Place nearest = place;
    Value value = body;
    for (String name : path) {
      if (!(value instanceof Fields(int _, var fields)) || !fields.containsKey(name)) {
        return nearest;
      }
      nearest = place.onLine(fields.get(name).line());
      value = fields.get(name).value();
    }
    return nearest;
  }

  /** The fields of the object at a path; none if there is no object. */
  Map<String, Field> fieldsAt(String first, String... rest) {
    return body.at(first, rest)
        .flatMap(field -> field.value().asFields())
        .map(Fields::fields)
        .orElse(Map.of());
  }

  /** For a message: kind, namespace and name. */
  String title() {
    return kind + " " + namespace + "/" + name;
  }
}
