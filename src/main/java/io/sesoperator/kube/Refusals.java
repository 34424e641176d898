package io.sesoperator.kube;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells that the API server refused a request, of whomever: those of watches and of leader election
 * too, whose failures the libraries keep to themselves.
 */
public final class Refusals implements Interceptor {

  private static final int FORBIDDEN = 403;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Calls {@code listener} at each refusal from now on; it must return at once. */
  public void onRefusal(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    if (response.code() == FORBIDDEN) {
      listeners.forEach(Runnable::run);
    }
    return CompletableFuture.completedFuture(false);
  }
}
