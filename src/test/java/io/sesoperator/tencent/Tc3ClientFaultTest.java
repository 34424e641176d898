package io.sesoperator.tencent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sesoperator.tencent.ApiResult.ApiFailure;
import io.sesoperator.tencent.ApiResult.ApiResponse;
import io.sesoperator.testing.Canary;
import io.sesoperator.testing.RawServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the wire: which calls surely were not made, and that none is made twice. */
class Tc3ClientFaultTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String BODY = "{\"Password\":\"" + Canary.password() + "\"}";
  private static final String DATE = "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\n";
  private static final String SUCCESS = "{\"Response\":{\"RequestId\":\"8979fc1e\"}}";

  private final List<Tc3Client> clients = new ArrayList<>();

  @AfterEach
  void closeClients() {
    clients.forEach(Tc3Client::close);
  }

  @Test
  void isSureThatARefusedConnectionCarriedNothing() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    assertThat(codeOf(call(client(LONG), URI.create("http://localhost:" + port))))
        .isEqualTo("ClientError.ConnectFailed");
  }

  @Test
  void isSureThatAnUnknownHostGotNothing() {
    assertThat(codeOf(call(client(LONG), URI.create("http://no-such-host.invalid"))))
        .isEqualTo("ClientError.ConnectFailed");
  }

  @Test
  void isSureThatAHostWhichDoesNotAcceptGotNothing() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> fillers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
        fillers.add(filler);
      }
      Tc3Client impatient = add(new Tc3Client(SHORT, LONG, Clock.systemUTC()));

      assertThat(codeOf(call(impatient, URI.create("http://localhost:" + full.getLocalPort()))))
          .isEqualTo("ClientError.ConnectFailed");

      for (SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "15030300020228"})
  void isSureThatAFailedHandshakeCarriedNothing(String alert) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<byte[]> hello = answerHello(server, HexFormat.of().parseHex(alert));

      ApiResult result =
          call(client(LONG), URI.create("https://localhost:" + server.getLocalPort()));

      assertThat(codeOf(result)).isEqualTo("ClientError.ConnectFailed");
      // RFC 8446, 4.2.1: the extension supported_versions with TLS 1.3 and 1.2, nothing older.
      assertThat(HexFormat.of().formatHex(hello.join())).contains("002b00050403040303");
    }
  }

  @Test
  void cannotTellWhetherABrokenConnectionCarriedTheCall() throws IOException {
    try (RawServer server = new RawServer(RawServer.hangingUp())) {
      assertThat(call(client(LONG), server.endpoint()))
          .isEqualTo(
              new ApiFailure("ClientError.NetworkError", Optional.empty(), Optional.empty()));
    }
  }

  @Test
  void makesACallOnceEvenIfAReusedConnectionBreaks() throws IOException {
    try (RawServer server =
        new RawServer(RawServer.ok(SUCCESS), RawServer.hangingUp(), RawServer.ok(SUCCESS))) {
      Tc3Client client = client(LONG);

      assertThat(call(client, server.endpoint())).isInstanceOf(ApiResponse.class);
      assertThat(codeOf(call(client, server.endpoint()))).isEqualTo("ClientError.NetworkError");
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void givesUpAServerThatDoesNotAnswer() throws Exception {
    try (RawServer server = new RawServer()) {
      assertGivesUp(server, server.stallingAfter(""), false);
    }
  }

  @Test
  void givesUpAnAnswerWhoseBodyDoesNotArrive() throws Exception {
    try (RawServer server = new RawServer()) {
      String start = "HTTP/1.1 200 OK\r\n" + DATE + "Content-Length: 99\r\n\r\n{\"Response\":";
      assertGivesUp(server, server.stallingAfter(start), true);
    }
  }

  @Test
  void doesNotTakeATruncatedAnswerForASuccess() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + (SUCCESS.length() + 1);
    try (RawServer server = new RawServer(truncated(head))) {
      assertThat(codeOf(call(client(LONG), server.endpoint())))
          .isEqualTo("ClientError.InvalidResponse");
    }
  }

  @Test
  void namesTheStatusOfATruncatedErrorPage() throws IOException {
    try (RawServer server = new RawServer(truncated("HTTP/1.1 503 Busy\r\nContent-Length: 9999"))) {
      assertThat(codeOf(call(client(LONG), server.endpoint())))
          .isEqualTo("ClientError.HttpStatusCode");
    }
  }

  @Test
  void sendsNothingFromAnInterruptedThread() throws IOException {
    try (RawServer server = new RawServer(RawServer.ok(SUCCESS), RawServer.ok(SUCCESS))) {
      Tc3Client client = client(LONG);
      assertThat(call(client, server.endpoint())).isInstanceOf(ApiResponse.class);

      for (int i = 0; i < 100; i++) {
        Thread.currentThread().interrupt();
        assertThat(codeOf(call(client, server.endpoint()))).isEqualTo("ClientError.Interrupted");
        assertThat(Thread.interrupted()).isTrue();
      }

      assertThat(call(client, server.endpoint())).isInstanceOf(ApiResponse.class);
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void endsACallAtOnceWhenItsThreadIsInterrupted() throws Exception {
    try (RawServer server = new RawServer()) {
      server.script(server.stallingAfter(""));
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                String code = codeOf(call(client(LONG), server.endpoint()));
                outcome.complete(code + " " + Thread.currentThread().isInterrupted());
              });
      Awaitility.await().until(() -> !server.requests.isEmpty());

      caller.interrupt();

      assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("ClientError.Interrupted true");
      assertThat(server.hungUp.poll(5, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void endsCallsInFlightWhenItIsClosed() throws Exception {
    try (RawServer server = new RawServer()) {
      server.script(server.stallingAfter(""));
      Tc3Client client = client(LONG);
      CompletableFuture<ApiResult> result =
          CompletableFuture.supplyAsync(() -> call(client, server.endpoint()));
      Awaitility.await().until(() -> !server.requests.isEmpty());

      client.close();

      assertThat(codeOf(result.get(5, TimeUnit.SECONDS))).isEqualTo("ClientError.NetworkError");
      assertThat(codeOf(call(client, server.endpoint()))).isEqualTo("ClientError.NetworkError");
    }
  }

  private void assertGivesUp(RawServer server, RawServer.Answer stalling, boolean dated)
      throws InterruptedException {
    server.script(stalling);
    byte[] body = BODY.getBytes(UTF_8);

    ApiResult result =
        client(SHORT).call(describe(server.endpoint()), body, credential(), () -> true);

    assertThat(codeOf(result)).isEqualTo("ClientError.Timeout");
    assertThat(result.clockSkew().isPresent()).isEqualTo(dated);
    assertThat(body).containsOnly(0);
    assertThat(server.hungUp.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(server.requests).hasSize(1);
  }

  private static RawServer.Answer truncated(String head) {
    return connection -> {
      RawServer.answering(head, SUCCESS).to(connection);
      return false;
    };
  }

  /** Reads what a TLS client says first, answers with these bytes and hangs up. */
  private static CompletableFuture<byte[]> answerHello(ServerSocket server, byte[] answer) {
    return CompletableFuture.supplyAsync(() -> {
      try (Socket connection = server.accept()) {
        byte[] header = connection.getInputStream().readNBytes(5);
        int length = ByteBuffer.wrap(header).getShort(3);
        byte[] hello = connection.getInputStream().readNBytes(length);
        connection.getOutputStream().write(answer);
        return hello;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private Tc3Client client(Duration callTimeout) {
    return add(new Tc3Client(Duration.ofSeconds(5), callTimeout, Clock.systemUTC()));
  }

  private Tc3Client add(Tc3Client client) {
    clients.add(client);
    return client;
  }

  private static ApiResult call(Tc3Client client, URI endpoint) {
    return client.call(describe(endpoint), BODY.getBytes(UTF_8), credential(), () -> true);
  }

  private static Credential credential() {
    return new Credential("theId", "theKey", Optional.empty());
  }

  private static ApiCall describe(URI endpoint) {
    return new ApiCall(endpoint, "things", "2020-01-01", "ap-test", "DescribeThings");
  }

  private static String codeOf(ApiResult result) {
    assertThat(result).isInstanceOf(ApiFailure.class);
    return ((ApiFailure) result).code();
  }
}
