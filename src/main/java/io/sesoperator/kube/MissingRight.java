package io.sesoperator.kube;

import java.util.Optional;

/**
 * What the API server did not let the asker see.
 *
 * @param group empty for the core group
 * @param namespace absent for the whole cluster
 * @param name absent for all objects
 */
public record MissingRight(
    String verb, String group, String resource, Optional<String> namespace, Optional<String> name) {

  /** Such as {@code get secrets named smtp in namespace shop}. */
  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : " of " + group)
        + name.map(only -> " named " + only).orElse("")
        + namespace.map(place -> " in namespace " + place).orElse(" in the whole cluster");
  }
}
