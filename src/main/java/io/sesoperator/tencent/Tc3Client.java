package io.sesoperator.tencent;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.Tc3Signer.Signable;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes signed calls to API 3.0, each exactly once: whether to try again is for the caller to
 * decide. One client serves any number of accounts and threads.
 */
public final class Tc3Client implements AutoCloseable {

  private static final String CONTENT_TYPE = "application/json; charset=utf-8";
  private static final long LARGEST_BODY = 64 * 1024;
  private static final int OK = 200;

  private final HttpClient http;
  private final Duration callTimeout;
  private final Clock clock;

  /**
   * A client with other limits than the standard ones.
   *
   * @param callTimeout for the whole call, from connecting to the last byte of the answer
   */
  public Tc3Client(Duration connectTimeout, Duration callTimeout, Clock clock) {
    // No proxy is set, so the JDK's default selector decides, as users expect of a JVM.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .sslParameters(new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"}))
            .build();
    this.callTimeout = callTimeout;
    this.clock = clock;
  }

  /** Connects within 5 s, and answers within 15 s. */
  public static Tc3Client standard(Clock clock) {
    return new Tc3Client(Duration.ofSeconds(5), Duration.ofSeconds(15), clock);
  }

  /**
   * Makes one call and waits for its end. An interrupt ends it at once, with the thread's flag set.
   *
   * @param body JSON; overwritten with zeros before this method returns
   */
  public ApiResult call(ApiCall call, byte[] body, Credential credential) {
    try {
      return credential.isWellFormed()
          ? exchange(request(call, body, credential))
          : new ApiFailure(ClientError.MALFORMED_CREDENTIAL, Optional.empty(), Optional.empty());
    } finally {
      // The JDK sends copies of its own, so this cannot change what an abandoned call still sends.
      Arrays.fill(body, (byte) 0);
    }
  }

  /** Cuts off all calls in flight and lets go of the connections. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest request(ApiCall call, byte[] body, Credential credential) {
    Instant now = clock.instant();
    Signable signable =
        new Signable(
            call.service(),
            "POST",
            "",
            Map.of("content-type", CONTENT_TYPE, "host", call.host()),
            DigestUtils.sha256Hex(body));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.endpoint().resolve("/"))
            .header("Content-Type", CONTENT_TYPE)
            .header("Authorization", Tc3Signer.authorization(signable, credential, now))
            .header("X-TC-Action", call.action())
            .header("X-TC-Version", call.version())
            .header("X-TC-Region", call.region())
            .header("X-TC-Timestamp", Long.toString(now.getEpochSecond()))
            .header("X-TC-Language", "en-US")
            .POST(BodyPublishers.ofByteArray(body));
    credential.token().ifPresent(token -> request.header("X-TC-Token", token));
    return request.build();
  }

  private ApiResult exchange(HttpRequest request) {
    if (Thread.currentThread().isInterrupted()) {
      return failure(ClientError.INTERRUPTED, Optional.empty());
    }
    AtomicReference<Optional<Head>> head = new AtomicReference<>(Optional.empty());
    // HttpRequest.timeout ends with the headers of the answer, so the future is timed instead.
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, cappedBody(head));
    try {
      byte[] received = answer.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS).body();
      return result(received, head.get());
    } catch (TimeoutException _) {
      return failure(ClientError.TIMEOUT, head.get());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failure(ClientError.INTERRUPTED, head.get());
    } catch (ExecutionException e) {
      return failure(codeOf(e, head.get()), head.get());
    } finally {
      answer.cancel(true);
    }
  }

  private BodyHandler<byte[]> cappedBody(AtomicReference<Optional<Head>> head) {
    BodyHandler<byte[]> capped = BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY);
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

  private static ApiResult result(byte[] body, Optional<Head> head) {
    return head.stream().anyMatch(it -> it.status() == OK)
        ? AnswerParser.parse(body, skew(head))
        : failure(ClientError.HTTP_STATUS_CODE, head);
  }

  private static ApiResult failure(String code, Optional<Head> head) {
    return new ApiFailure(code, Optional.empty(), skew(head));
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
