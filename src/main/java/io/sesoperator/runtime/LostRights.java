package io.sesoperator.runtime;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.sesoperator.kube.Right;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which rights were taken away from a running operator. Writes that are refused are tried
 * again until they are granted again. Without a watch the process ends, because it would go on with
 * what it knows, for accounts that allow it no more; fabric8 would open the watch again and again
 * and tell nobody.
 */
final class LostRights {

  private static final Logger LOG = LoggerFactory.getLogger(LostRights.class);

  /** A right that is missing has many requests refused. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Rights rights;
  private final Clock clock;
  private final Runnable whenBlind;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  /**
   * Reports on these rights.
   *
   * @param whenBlind ends the process
   */
  LostRights(Rights rights, Clock clock, Runnable whenBlind) {
    this.rights = rights;
    this.clock = clock;
    this.whenBlind = whenBlind;
  }

  /** Looks what is missing, now that a request was refused; returns at once. */
  void refused() {
    Instant now = clock.instant();
    Instant due = next.get();
    if (!now.isBefore(due) && next.compareAndSet(due, now.plus(PAUSE))) {
      Thread.startVirtualThread(this::report);
    }
  }

  private void report() {
    try {
      report(rights.missing());
    } catch (KubernetesClientException e) {
      LOG.atWarn().setCause(e).log("A request was refused, and it is not known why");
    }
  }

  // Not every refusal is one of RBAC: a namespace that is being deleted takes no Events.
  private void report(List<Right> missing) {
    if (missing.isEmpty()) {
      return;
    }
    LOG.atError()
        .addKeyValue("missing", Rights.inWords(missing))
        .log("Rights were taken away, a cluster administrator must grant them again");
    if (missing.stream().anyMatch(Right::informs)) {
      LOG.atError().log("Ending the process, for it does not see what it works for");
      whenBlind.run();
    }
  }
}
