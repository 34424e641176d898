package io.sesoperator.runtime;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * When this replica last renewed its Lease, as seen on the wire: fabric8's elector tells only that
 * it leads and, much later, that it does not. A process that was stopped for a while believes that
 * it still leads when it wakes.
 */
final class LeaseRenewals implements Interceptor {

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH");

  private final String collection;
  private final LongSupplier nanoTime;
  private final Clock clock;

  // The elector writes once after the other. If two should overlap, the first counts: too early a
  // time does no harm. (fabric8 gives a request another id on its way, so they cannot be told
  // apart.)
  private final AtomicReference<Optional<Start>> begun = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Start>> last = new AtomicReference<>(Optional.empty());

  /** One moment on both clocks. */
  private record Start(long nanos, Instant wall) {}

  /**
   * Watches the Leases of one namespace, of which a replica writes only its own.
   *
   * @param nanoTime goes on while the process is stopped, and is never set
   * @param clock goes on while the whole machine is suspended, too
   */
  LeaseRenewals(String namespace, LongSupplier nanoTime, Clock clock) {
    this.collection = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /**
   * How long ago the last renewal that succeeded began, by the clock that says more; absent if
   * there was none.
   */
  Optional<Duration> age() {
    return last.get().map(this::since);
  }

  private Duration since(Start start) {
    Duration steady = Duration.ofNanos(nanoTime.getAsLong() - start.nanos());
    Duration wall = Duration.between(start.wall(), clock.instant());
    return steady.compareTo(wall) > 0 ? steady : wall;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (isRenewal(request)) {
      begun.updateAndGet(first -> first.or(() -> Optional.of(now())));
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isRenewal(request)) {
      begun
          .getAndSet(Optional.empty())
          .filter(_ -> response.isSuccessful())
          .ifPresent(start -> last.set(Optional.of(start)));
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (isRenewal(request)) {
      begun.set(Optional.empty());
    }
  }

  private Start now() {
    return new Start(nanoTime.getAsLong(), clock.instant());
  }

  private boolean isRenewal(HttpRequest request) {
    return WRITES.contains(request.method()) && request.uri().getPath().startsWith(collection);
  }
}
