package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;

/** The HTTP client: makes each exchange exactly once, bounded in time and in size. */
final class Transport implements AutoCloseable {

  private static final int OK = 200;

  /** A list of 20,000 senders, about. ListEmailAddress has no pages. */
  private static final long LARGEST_BODY = 4 * 1024 * 1024;

  /** What came of one exchange. */
  sealed interface Reply {

    /** How far our clock is ahead of the server's; absent when no answer told. */
    Optional<Duration> clockSkew();
  }

  /** A whole answer, whatever its status; its body may hold a key. */
  record Answered(int status, String body, Optional<Duration> clockSkew) implements Reply {

    boolean isOk() {
      return status == OK;
    }

    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /**
   * No whole answer.
   *
   * @param code a constant of {@link ClientError}
   */
  record Unanswered(String code, Optional<Duration> clockSkew) implements Reply {}

  private final HttpClient http;
  private final Duration exchangeTimeout;
  private final Clock clock;

  Transport(Duration connectTimeout, Duration exchangeTimeout, Clock clock) {
    // No proxy is set, so the JDK's default selector decides, as users expect of a JVM.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .sslParameters(new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"}))
            .build();
    this.exchangeTimeout = exchangeTimeout;
    this.clock = clock;
  }

  /** Sends and waits for the end. An interrupt ends it at once, with the thread's flag set. */
  Reply exchange(HttpRequest request) {
    if (Thread.currentThread().isInterrupted()) {
      return unanswered(ClientError.INTERRUPTED, Optional.empty());
    }
    AtomicReference<Optional<Head>> head = new AtomicReference<>(Optional.empty());
    // HttpRequest.timeout ends with the headers of the answer, so the future is timed instead.
    CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, cappedBody(head));
    try {
      HttpResponse<String> whole = answer.get(exchangeTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answered(whole.statusCode(), whole.body(), skew(head.get()));
    } catch (TimeoutException _) {
      return unanswered(ClientError.TIMEOUT, head.get());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unanswered(ClientError.INTERRUPTED, head.get());
    } catch (ExecutionException e) {
      return unanswered(codeOf(e, head.get()), head.get());
    } finally {
      answer.cancel(true);
    }
  }

  /** Cuts off all exchanges and lets go of the connections. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private BodyHandler<String> cappedBody(AtomicReference<Optional<Head>> head) {
    BodyHandler<String> capped = BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_BODY);
    return info -> {
      head.set(Optional.of(new Head(info.statusCode(), clockSkew(info.headers()))));
      return capped.apply(info);
    };
  }

  // The Date header has whole seconds, RFC 9110.
  private Optional<Duration> clockSkew(HttpHeaders headers) {
    try {
      return headers
          .firstValue("Date")
          .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
          .map(theirs -> Duration.between(theirs, clock.instant()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Reply unanswered(String code, Optional<Head> head) {
    return new Unanswered(code, skew(head));
  }

  private static Optional<Duration> skew(Optional<Head> head) {
    return head.flatMap(Head::clockSkew);
  }

  private static String codeOf(Throwable thrown, Optional<Head> head) {
    if (head.isPresent()) {
      boolean answeredByApi = head.get().status() == OK;
      return answeredByApi ? ClientError.INVALID_RESPONSE : ClientError.HTTP_STATUS_CODE;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (precedesSending(cause)) {
        return ClientError.CONNECT_FAILED;
      }
    }
    return ClientError.NETWORK_ERROR;
  }

  // An unknown host is a ConnectException as well.
  private static boolean precedesSending(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  /** What is known once the headers of an answer are there, even if its body never comes. */
  private record Head(int status, Optional<Duration> clockSkew) {}
}
