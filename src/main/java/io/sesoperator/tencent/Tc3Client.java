package io.sesoperator.tencent;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.Tc3Signer.Signable;
import io.sesoperator.tencent.Transport.Answered;
import io.sesoperator.tencent.Transport.Reply;
import io.sesoperator.tencent.Transport.Unanswered;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Makes calls to API 3.0, each exactly once: whether to try again is for the caller to decide. One
 * client serves any number of accounts and threads.
 */
public final class Tc3Client implements AutoCloseable {

  private static final String CONTENT_TYPE = "application/json; charset=utf-8";
  // "Authorization should be SKIP", https://www.tencentcloud.com/document/api/1150/49454
  private static final String UNSIGNED = "SKIP";

  private final Transport transport;
  private final Clock clock;
  private final CallListener listener;

  /**
   * A client with other limits than the standard ones.
   *
   * @param callTimeout for the whole call, from connecting to the last byte of the answer
   */
  public Tc3Client(Duration connectTimeout, Duration callTimeout, Clock clock) {
    this(new Transport(connectTimeout, callTimeout, clock), clock, (_, _, _) -> {});
  }

  private Tc3Client(Transport transport, Clock clock, CallListener listener) {
    this.transport = transport;
    this.clock = clock;
    this.listener = listener;
  }

  /** Connects within 5 s, and answers within 15 s. */
  public static Tc3Client standard(Clock clock) {
    return standard(clock, (_, _, _) -> {});
  }

  /** The same, with somebody who is told of each signed call. */
  public static Tc3Client standard(Clock clock, CallListener listener) {
    Transport transport = new Transport(Duration.ofSeconds(5), Duration.ofSeconds(15), clock);
    return new Tc3Client(transport, clock, listener);
  }

  /**
   * Makes one signed call and waits for its end. An interrupt ends it at once, with the thread's
   * flag set.
   *
   * @param body JSON; overwritten with zeros before this method returns
   * @param maySend asked once the call is signed: from then on its signature ages, so that a
   *     process that is stopped between this question and the sending cannot do harm for long
   */
  public ApiResult call(ApiCall call, byte[] body, Credential credential, BooleanSupplier maySend) {
    Instant begin = clock.instant();
    ApiResult result = make(call, body, credential, maySend);
    listener.ended(call, result, Duration.between(begin, clock.instant()));
    return result;
  }

  private ApiResult make(
      ApiCall call, byte[] body, Credential credential, BooleanSupplier maySend) {
    try {
      if (!credential.isWellFormed()) {
        return failure(ClientError.MALFORMED_CREDENTIAL, Optional.empty());
      }
      HttpRequest request = signed(call, body, credential);
      return maySend.getAsBoolean()
          ? result(transport.exchange(request))
          : failure(ClientError.NOT_SENT, Optional.empty());
    } finally {
      // The JDK sends copies of its own, so this cannot change what an abandoned call still sends.
      Arrays.fill(body, (byte) 0);
    }
  }

  /** As {@link #call}, for the few actions whose body proves by itself who calls. */
  ApiResult callUnsigned(ApiCall call, byte[] body) {
    try {
      return result(transport.exchange(request(call, body, UNSIGNED, clock.instant()).build()));
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** Reads a page that is no part of API 3.0. */
  Reply get(URI page) {
    return transport.exchange(HttpRequest.newBuilder(page).GET().build());
  }

  /** Cuts off all calls in flight and lets go of the connections. */
  @Override
  public void close() {
    transport.close();
  }

  private HttpRequest signed(ApiCall call, byte[] body, Credential credential) {
    Instant now = clock.instant();
    Signable signable =
        new Signable(
            call.service(),
            "POST",
            "",
            Map.of("content-type", CONTENT_TYPE, "host", call.host()),
            DigestUtils.sha256Hex(body));
    String authorization = Tc3Signer.authorization(signable, credential, now);
    HttpRequest.Builder request = request(call, body, authorization, now);
    credential.token().ifPresent(token -> request.header("X-TC-Token", token));
    return request.build();
  }

  private static HttpRequest.Builder request(
      ApiCall call, byte[] body, String authorization, Instant now) {
    return HttpRequest.newBuilder(call.endpoint().resolve("/"))
        .header("Content-Type", CONTENT_TYPE)
        .header("Authorization", authorization)
        .header("X-TC-Action", call.action())
        .header("X-TC-Version", call.version())
        .header("X-TC-Region", call.region())
        .header("X-TC-Timestamp", Long.toString(now.getEpochSecond()))
        .header("X-TC-Language", "en-US")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static ApiResult result(Reply reply) {
    return switch (reply) {
      case Answered answer when answer.isOk() ->
          AnswerParser.parse(answer.body(), answer.clockSkew());
      case Answered answer -> failure(ClientError.HTTP_STATUS_CODE, answer.clockSkew());
      case Unanswered(String code, Optional<Duration> skew) -> failure(code, skew);
    };
  }

  private static ApiResult failure(String code, Optional<Duration> clockSkew) {
    return new ApiFailure(code, Optional.empty(), clockSkew);
  }
}
