package io.sesoperator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The requests that passes make of the API server: any number of passes run at once, but only so
 * many requests as one connection carries.
 */
public final class ApiRequests {

  /**
   * A kube-apiserver allows 100 streams on an HTTP/2 connection, and the JDK's client fails beyond
   * that instead of waiting; some are left to lists and the Lease.
   */
  private static final int MOST_AT_ONCE = 40;

  private final KubernetesClient client;

  // A pass reads while it holds a slot of its account's budget, so that no read may wait for the
  // statuses of a thousand others.
  private final Semaphore reads = new Semaphore(MOST_AT_ONCE, true);
  private final Semaphore writes = new Semaphore(MOST_AT_ONCE, true);

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

  private <T> T make(Semaphore room, Function<KubernetesClient, T> request) {
    room.acquireUninterruptibly();
    try {
      return request.apply(client);
    } finally {
      room.release();
    }
  }
}
