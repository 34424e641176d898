package io.sesoperator.gitops;

import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code examples/argocd} has for one kind, in the layout of argo-cd's own {@code
 * resource_customizations}.
 */
record ArgoExample(String kind) {

  private static final Path ROOT =
      Examples.DIRECTORY.resolve("argocd/resource_customizations/ses-operator.io");

  Path directory() {
    return ROOT.resolve(kind);
  }

  Path testData(String name) {
    return directory().resolve("testdata").resolve(name + ".yaml");
  }

  LuaScript health() {
    return LuaScript.in(directory().resolve("health.lua"));
  }

  LuaScript discovery() {
    return LuaScript.in(directory().resolve("actions/discovery.lua"));
  }

  /** What the action makes of the object. */
  Map<String, Object> act(String action, Map<String, Object> object) {
    return LuaScript.in(directory().resolve("actions").resolve(action).resolve("action.lua"))
        .run(object);
  }
}
