package broken.sesoperator.ses;

import io.javaoperatorsdk.operator.Operator;

/** The product does not know what runs it. */
final class KnowsTheFramework {
  Object runs() {
    return new Operator();
  }
}
