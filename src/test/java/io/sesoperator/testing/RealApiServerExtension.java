package io.sesoperator.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a {@link RealApiServer} to constructors and methods that ask for one: the same to all tests
 * of a JVM, started when the first asks. Where its binaries are missing the tests are skipped, with
 * the reason.
 */
public final class RealApiServerExtension implements ParameterResolver, ExecutionCondition {

  private static final Namespace NAMESPACE = Namespace.create(RealApiServerExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return KubeBinaries.find()
        .map(binaries -> ConditionEvaluationResult.enabled(binaries.version()))
        .orElseGet(() -> ConditionEvaluationResult.disabled(KubeBinaries.absence()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RealApiServer.class || type == ApiServer.class;
  }

  @Override
  public RealApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            RealApiServer.class, _ -> startAndTellTheVersion(), RealApiServer.class);
  }

  private static RealApiServer startAndTellTheVersion() {
    RealApiServer server = RealApiServer.start(KubeBinaries.find().orElseThrow());
    System.out.println("Integration tests run on " + server.description());
    return server;
  }
}
