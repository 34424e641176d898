package io.sesoperator.runtime;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.ControllerHealthInfo;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.sesoperator.kube.Accounts;
import io.sesoperator.kube.SecretDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the process does its work: every watch runs and has seen its whole list. It says nothing
 * of SES, whose outage no restart can mend.
 *
 * <p>JOSDK's own definition also asks whether a watch is open at this moment, which it is not while
 * it is renewed every few minutes (java-operator-sdk issue 2978).
 */
final class Health {

  private final Operator operator;
  private final SecretDigests secrets;
  private final Accounts accounts;
  private final AtomicBoolean ready = new AtomicBoolean();

  Health(Operator operator, SecretDigests secrets, Accounts accounts) {
    this.operator = operator;
    this.secrets = secrets;
    this.accounts = accounts;
  }

  void started() {
    ready.set(true);
  }

  void stopping() {
    ready.set(false);
  }

  /** Whether the process is started, not stopping, and alive. A standby is ready, too. */
  boolean isReady() {
    return ready.get() && isAlive();
  }

  /** Whether no watch has ended for good. */
  boolean isAlive() {
    return secrets.isHealthy()
        && accounts.isHealthy()
        && informers().stream().allMatch(informer -> informer.isRunning() && informer.hasSynced());
  }

  // Two loops, because JOSDK's signatures are raw types.
  private List<InformerHealthIndicator> informers() {
    List<InformerHealthIndicator> informers = new ArrayList<>();
    for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
      ControllerHealthInfo info = controller.getControllerHealthInfo();
      for (InformerWrappingEventSourceHealthIndicator<?> source :
          info.informerEventSourceHealthIndicators().values()) {
        informers.addAll(source.informerHealthIndicators().values());
      }
    }
    return informers;
  }
}
