package io.sesoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The requests that passes make of the API server: any number of passes run at once, but only so
 * many requests as one connection carries.
 */
public final class ApiRequests {

  /*
   * A kube-apiserver allows 100 streams on an HTTP/2 connection, and the JDK's client fails beyond
   * that instead of waiting; some are left to lists and the Lease.
   *
   * A pass reads while it holds a slot of its account's budget, so that no read may wait for the
   * statuses of a thousand others: neither here, nor at the server, which is slow for all when it
   * has many writes to do at once (bench/README.md, bench/burst).
   */

  private static final int READS = 40;
  private static final int WRITES = 8;
  private static final int PATIENT_WRITES = 4;

  private final KubernetesClient client;
  private final Semaphore reads = new Semaphore(READS, true);
  private final Semaphore writes = new Semaphore(WRITES, true);
  private final Semaphore patientWrites = new Semaphore(PATIENT_WRITES, true);

  public ApiRequests(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes a request that changes nothing, as soon as there is room for it.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@code request} throws it
   */
  <T> T read(Function<KubernetesClient, T> request) {
    return make(reads, request);
  }

  /**
   * Makes any other request, as soon as there is room for it.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@code request} throws it
   */
  <T> T write(Function<KubernetesClient, T> request) {
    return make(writes, request);
  }

  /**
   * Makes a write that nothing waits for, so that no other has to wait for it.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@code request} throws it
   */
  <T> T writePatiently(Function<KubernetesClient, T> request) {
    return make(patientWrites, request);
  }

  private <T> T make(Semaphore room, Function<KubernetesClient, T> request) {
    room.acquireUninterruptibly();
    try {
      return request.apply(client);
    } finally {
      room.release();
    }
  }
}
