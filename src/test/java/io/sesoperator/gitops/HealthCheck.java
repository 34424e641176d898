package io.sesoperator.gitops;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry of a Flux Kustomization's {@code healthCheckExprs}, evaluated as Flux does (fluxcd/pkg,
 * runtime/cel/status_evaluator.go): the generation first, then inProgress, failed and current, and
 * what none of them claims is in progress. An error of an expression is an error here too.
 */
final class HealthCheck {

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("metadata", SimpleType.DYN)
          .addVar("spec", SimpleType.DYN)
          .addVar("status", SimpleType.DYN)
          .build();
  private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private final Map<KstatusPort, CelRuntime.Program> programs = new LinkedHashMap<>();

  HealthCheck(Map<String, Object> entry) {
    add(KstatusPort.IN_PROGRESS, entry.get("inProgress"));
    add(KstatusPort.FAILED, entry.get("failed"));
    add(KstatusPort.CURRENT, entry.get("current"));
  }

  private void add(KstatusPort status, Object expression) {
    if (expression != null) {
      programs.put(status, compile(expression.toString()));
    }
  }

  static CelRuntime.Program compile(String expression) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(expression, e);
    }
  }

  static boolean holds(CelRuntime.Program program, Map<String, Object> resource) {
    try {
      return (boolean) program.eval(resource);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("The expression fails on " + resource, e);
    }
  }

  KstatusPort of(Map<String, Object> resource) {
    Object generation = KstatusPort.map(resource.get("metadata")).get("generation");
    Object observed = KstatusPort.map(resource.get("status")).get("observedGeneration");
    if (observed != null && !observed.equals(generation)) {
      return KstatusPort.IN_PROGRESS;
    }
    return programs.entrySet().stream()
        .filter(program -> holds(program.getValue(), resource))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(KstatusPort.IN_PROGRESS);
  }
}
